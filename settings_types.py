"""The words that stack config is made of: each type checks one value and says what is allowed when it is wrong."""

import ipaddress
import json
import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator

from settings_limits import checked, matching

DIGEST = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com"
    r"/(?P<repository>(?=.{2,256}@)[a-z0-9]+((\.|_|__|-+|/)[a-z0-9]+)*)@sha256:[0-9a-f]{64}",
    re.ASCII,
)
"""An image in a private ECR registry, by digest: the only form that always names the same bytes."""

MAX_SERVICE_NAME = 10
"""`<service>-green-<role>` must stay within 24 characters, since auto-naming appends 8 and AWS allows a target group 32."""
SERVICE_NAME = rf"(?!.*--)(?!sg-)[a-z][a-z0-9-]{{0,{MAX_SERVICE_NAME - 2}}}[a-z0-9]"

MAX_SETTING_BYTES = 4096
"""What a standard SSM parameter holds."""

PRIVATE = tuple(map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
LARGEST_VPC, SMALLEST_VPC = 16, 23
"""AWS's own limit, and sixteen subnets of /27, the smallest in which a load balancer may stand."""

RETENTION_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""What CloudWatch Logs accepts (PutRetentionPolicy)."""

SHARED = "shared"
"""How the entries of secrets that are kept once for all services begin, where a service's own begin with its name."""
RESERVED_NAMES = {
    "redis": "the stack's Redis, which services use",
    "site": "the static site, which is shifted and rolled back beside the services",
    "sg": "AWS's security group ids",
    SHARED: "the secrets that several services read",
}
"""Names that no service may have, and whose they are (AWS refuses a security group called `sg-…`)."""


class Section(BaseModel):
    """A part of stack config: frozen once built, and a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_for_a_number(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, bool) and cls.model_fields[str(info.field_name)].annotation is int:
            raise ValueError("must be a whole number")
        return value


class Color(StrEnum):
    """The two colors of a service."""

    BLUE = "blue"
    GREEN = "green"

    @property
    def other(self) -> "Color":
        """The color beside this one."""
        return Color.GREEN if self is Color.BLUE else Color.BLUE


class Nat(StrEnum):
    """How the private tiers reach the internet: a gateway in each zone, or one for all (cheaper, and lost with its zone)."""

    PER_ZONE = "per_zone"
    SINGLE = "single"


class Dependency(StrEnum):
    """A thing of the data tier that a service may use."""

    DATABASE = "database"
    REDIS = "redis"


def _network(value: str) -> ipaddress.IPv4Network | None:
    try:
        network = ipaddress.IPv4Network(value)
    except ValueError:
        return None
    return network if str(network) == value else None


def _private_network(value: str) -> str:
    allowed = "must be a private IPv4 network from /16 to /23 written with its first address, for example 10.20.0.0/16"
    network = _network(value)
    if not network or not any(network.subnet_of(block) for block in PRIVATE) or network.prefixlen < LARGEST_VPC:
        raise ValueError(allowed)
    if network.prefixlen > SMALLEST_VPC:
        raise ValueError(f"{allowed}: its sixteen subnets would be /{network.prefixlen + 4}, and a load balancer needs /27 or larger")
    return value


def _any_network(value: str) -> str:
    if not _network(value):
        raise ValueError("must be an IPv4 network written with its first address, for example 203.0.113.0/24")
    return value


def _client_network(value: str) -> str:
    try:
        network = ipaddress.ip_network(value)
    except ValueError:
        network = None
    mapped = isinstance(network, ipaddress.IPv6Network) and network.network_address.ipv4_mapped  # an IPv4 network, which no viewer comes by
    if network is None or str(network) != value or not network.prefixlen or mapped:
        raise ValueError("must be a network written with its first address, for example 203.0.113.0/24 or 2001:db8::/48 (AWS takes no /0)")
    return value


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError('must be a day in quotes, for example "2027-01-31"') from None
    return value


def _service_name(value: str) -> str:
    owner = RESERVED_NAMES.get("sg" if value.startswith("sg-") else value)
    if owner:
        raise ValueError(f"is the name of {owner}: give the service another one")
    if not re.fullmatch(SERVICE_NAME, value):
        raise ValueError(f"must be 2 to {MAX_SERVICE_NAME} lowercase letters, digits and single hyphens, starting with a letter")
    return value


def _as_text(value: object) -> object:
    """A setting is text to the service, however `pulumi config set --path` typed it."""
    return json.dumps(value) if isinstance(value, bool | int | float) else value


def _setting(value: str) -> str:
    if not value or len(value.encode()) > MAX_SETTING_BYTES or not value.isprintable():
        raise ValueError(f"must be 1 to {MAX_SETTING_BYTES} bytes of printable text in one line (SSM keeps no empty parameter)")
    if "{{" in value:
        raise ValueError("must not hold {{, which SSM takes for the name of another parameter")
    return value


AccountId = Annotated[str, matching(r"\d{12}", "must be the 12 digits of an AWS account, in quotes")]
Ami = Annotated[str, matching(r"ami-([0-9a-f]{8}|[0-9a-f]{17})", "must be an AMI id: ami- and 8 or 17 hexadecimal digits")]
Cidr = Annotated[str, checked(_any_network)]
ClientNetwork = Annotated[str, checked(_client_network)]
Day = Annotated[str, checked(_day, format="date")]
DomainName = Annotated[
    str,
    matching(
        r"(?=.{4,64}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", "must be a domain name in lowercase of at most 64 characters"
    ),
]
Email = Annotated[str, matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "must be an e-mail address")]
EnvName = Annotated[str, matching(r"[A-Z][A-Z0-9_]{0,63}", "must be an environment variable in capitals, digits and underscores")]
EnvValue = Annotated[str, BeforeValidator(_as_text), checked(_setting, type=["string", "integer", "number", "boolean"])]
HealthPath = Annotated[str, matching(r"/[A-Za-z0-9_.$/~@:+-]{0,1023}", "must be a path without wildcards or query, for example /healthz")]
HostedZoneId = Annotated[str, matching(r"Z[A-Z0-9]{1,31}", "must be a Route 53 hosted zone id: Z and capitals or digits")]
Image = Annotated[
    str,
    matching(
        DIGEST,
        "must be an image in ECR by digest: ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:64 hexadecimal digits (a tag can move)",
    ),
]
InstanceType = Annotated[
    str,
    matching(
        r"[a-z][a-z0-9-]*\.(nano|micro|small|medium|(\d+)?x?large|metal(-\d+xl)?)", "must be an EC2 instance type, for example m8g.large"
    ),
]
PathPattern = Annotated[
    str,
    matching(
        r"/[A-Za-z0-9_.$/~@:+*?-]{0,127}",
        "must start with / and hold at most 128 of A-Z a-z 0-9 _ - . $ / ~ @ : + and the wildcards ? and *",
    ),
]
PrefixListId = Annotated[str, matching(r"pl-[0-9a-f]{8,17}", "must be the id of a managed prefix list: pl- and 8 to 17 hexadecimal digits")]
PrivateNetwork = Annotated[str, checked(_private_network)]
Region = Annotated[
    str, matching(r"(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-\d", "must be the stack's region on commercial AWS, for example eu-west-1")
]
SecretName = Annotated[str, matching(r"[a-z][a-z0-9-]{0,62}", "must be lowercase letters, digits and hyphens, at most 63")]
ServiceName = Annotated[str, checked(_service_name, pattern=f"^{SERVICE_NAME}$")]
StackName = Annotated[str, matching(r"[A-Za-z0-9_-]{1,40}", "must be 1 to 40 letters, digits, hyphens and underscores: AWS names hold it")]
TimeZone = Annotated[str, matching(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", "must be an IANA time zone, for example Europe/Dublin")]
Text = Annotated[str, matching(r"\S(.*\S)?", "must say something")]
Zone = Annotated[str, matching(r"[a-z]{2}(-[a-z]+)+-\d[a-z]", "must be an availability zone, for example eu-west-1a")]
