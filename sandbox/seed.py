"""What an AWS account holds before the stack arrives, as the stack file names it; the emulator gets it under the same ids."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ops.errors import BadInputError, SwitchyardError
from sandbox.loopback import NoAnswerError, call

SEED_PATH = "/_switchyard/seed"
SEED_SECONDS = 60.0
"""The first request loads moto's EC2, which takes seconds on a busy machine."""

ANY_ACCOUNT = "000000000000"
ANY_REGION = "us-east-1"

GRAVITON = re.compile(r"^(a1|[a-z]+\d+[a-z-]*g[a-z-]*)\.")
"""Instance types with a `g` after the generation are Arm: m8g, c7gn, im4gn.
https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html"""

MIN_LABELS = 2


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """What a stack file takes as given. An empty string means that the file does not name it (or not well: its settings say so)."""

    account_id: str = ANY_ACCOUNT
    region: str = ANY_REGION
    hosted_zone_id: str = ""
    domain_name: str = ""
    prefix_list_id: str = ""
    """The CDN's managed prefix list, in the stack's region."""
    images: Mapping[str, str] = field(default_factory=dict)
    """Architecture (`arm64` or `x86_64`) by AMI id."""
    followed_database: str = ""
    """The ARN of the database of another region that the stack's own follows, or came from."""
    database_version: str = ""
    """The version of both."""

    @property
    def zone_name(self) -> str:
        """The zone that holds the domain: its parent, or itself when that would be a top-level domain."""
        labels = self.domain_name.rstrip(".").split(".")
        return ".".join(labels[1:] if len(labels) > MIN_LABELS else labels)


def facts_from(stack_yaml: object) -> AccountFacts:
    """Read the facts in a parsed stack file. Whatever is missing or malformed is left out: the program's own settings report it."""
    config = _section(stack_yaml, "config")
    domain, network = _section(config, "switchyard:domain"), _section(config, "switchyard:network")
    database = _section(config, "switchyard:database")
    account_id = _matching(config.get("switchyard:account_id"), r"\d{12}")
    return AccountFacts(
        account_id=account_id or ANY_ACCOUNT,
        region=_matching(config.get("aws:region"), r"[a-z]+(-[a-z]+)+-\d") or ANY_REGION,
        hosted_zone_id=_matching(domain.get("hosted_zone_id"), r"Z[0-9A-Z]+"),
        domain_name=_matching(domain.get("name"), r"[a-z0-9-]+(\.[a-z0-9-]+)+"),
        prefix_list_id=_matching(network.get("cdn_prefix_list_id"), r"pl-[0-9a-f]+"),
        images=dict(_images(_section(config, "switchyard:services"))),
        followed_database=_matching(database.get("replica_of"), r"arn:aws:rds:[a-z0-9-]+:\d{12}:db:[a-z][a-z0-9-]*"),
        database_version=_matching(database.get("version"), r"\d+\.\d+"),
    )


def seed(port: int, facts: AccountFacts) -> None:
    """Plant `facts` in the emulator at `port`; doing it again changes nothing, and what other stacks planted stays."""
    try:
        status, answer = call(port, "POST", SEED_PATH, body=dataclasses.asdict(facts), timeout_seconds=SEED_SECONDS)
    except NoAnswerError as error:
        hint = "Run `switchyard doctor`. After an update of the project: `switchyard sandbox stop`, then the same command."
        raise SwitchyardError(f"The sandbox's emulator does not take the account's facts: {error}", hint) from error
    if status != 200:  # noqa: PLR2004 - HTTP's own word for success
        raise BadInputError(str(answer["message"]), "Correct the stack file, or `switchyard down` and start with an empty sandbox.")


def _images(services: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List AMI ids with their architecture, from the pins of both colors of every service."""
    colors = [_section(_section(services, service), color) for service in services for color in ("blue", "green")]
    pinned = [(_matching(pins.get("ami"), r"ami-[0-9a-f]+"), pins.get("instance_types")) for pins in colors]
    return [(ami, _architecture(types)) for ami, types in pinned if ami]


def _architecture(instance_types: object) -> str:
    """Tell the architecture of the first instance type: all of a color's types share one."""
    first = str(instance_types[0]) if isinstance(instance_types, list) and instance_types else ""
    return "arm64" if GRAVITON.match(first) else "x86_64"


def _section(parent: object, key: str) -> Mapping[str, Any]:
    """Return the mapping under `key`; empty when there is none."""
    found = parent.get(key) if isinstance(parent, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _matching(value: object, pattern: str) -> str:
    """Return `value` as plain text when it has the right form, else empty."""
    text = str(value) if isinstance(value, str | int) else ""
    return text if re.fullmatch(pattern, text) else ""
