"""What runs, by AWS's own word, beside what config and git say: a row for each color of each service, and for each release of the site."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ops.amis import Ami, described
from ops.committed import committed_settings, committed_weights
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.findings import EVERY, Finding, findings
from ops.history import Entry, history, last_of
from ops.measures import imposed
from ops.site import SITE, sight
from ops.site.sight import SiteRow
from ops.traffic import ColorState, Traffic
from settings_service import Service
from settings_types import Color

SHORT_DIGEST = 12
LOOKED_BACK = 50
"""Updates among which the last one of a service is looked for."""


@dataclass(frozen=True)
class Row:
    """One color of one service."""

    service: str
    color: str
    live: bool
    committed_weight: int | None
    """Percent by the committed stack file; None where it does not name the service."""
    config_weight: int
    weight: int
    """Percent by the load balancer's rule."""
    healthy: int
    needed: int
    """Targets that the group aims at."""
    release: str
    on_release: int
    hold: int
    ami: str
    ami_age_days: int | None
    """None where AWS has no such image."""


@dataclass(frozen=True)
class Overview:
    """All of it at one moment."""

    rows: Sequence[Row]
    site: Sequence[SiteRow]
    last: Mapping[str, Entry]
    """The last change of each service and of the site; none where the engine's record does not go back so far."""
    findings: Sequence[Finding]
    """What is open, disagreements of AWS, config and the committed file included."""
    measures: Sequence[str]
    """The emergency measures that are on."""

    def concerning(self, service: str) -> list[str]:
        """What is open of a service and of the stack as a whole."""
        return [finding.what for finding in self.findings if finding.service in {service, EVERY}]


def look(deployment: Deployment) -> Overview:
    """Look at every service that is up, and at the site; BadInputError when no service is."""
    entries, amis = history(deployment, LOOKED_BACK), _amis(deployment)
    committed = committed_settings(deployment.target.name)
    found, site = _rows(deployment, amis, committed_weights(committed)), sight.look(deployment, committed)
    settings = deployment.target.file.settings()
    last = {name: entry for name in (*settings.services, SITE) if (entry := last_of(entries, name))}
    told = [Finding(SITE, what) for what in site.open]
    on = [measure.name for measure in imposed(settings.contingency)]
    return Overview(found, site.rows, last, [*_disagreements(deployment, found), *told, *findings(deployment, amis)], on)


def _amis(deployment: Deployment) -> dict[str, Ami | None]:
    """The pinned images as AWS describes them."""
    ec2, services = deployment.target.client("ec2"), deployment.target.file.settings().services.values()
    return {ami: described(ec2, ami) for ami in {service.pins(color).ami for service in services for color in Color}}


def _up(deployment: Deployment) -> list[str]:
    """The services that are in config and in AWS."""
    settings, there = deployment.target.file.settings(), deployment.outputs.get("services", {}).keys()
    return [name for name in settings.services if there & {name, settings.resource_name(name)}]


def _rows(deployment: Deployment, amis: Mapping[str, Ami | None], committed: Mapping[tuple[str, str], int]) -> list[Row]:
    traffic = Traffic(deployment)
    services, there = deployment.target.file.settings().services, _up(deployment)
    if not there:
        raise BadInputError(f"The stack {deployment.target.name} is not up.", f"Bring it up first: `switchyard up {deployment.options}`.")
    return [
        _row(name, color, services[name], state, committed.get((name, color)), amis)
        for name in there
        for color, state in traffic.colors(name).items()
    ]


def _row(name: str, color: Color, service: Service, state: ColorState, committed: int | None, amis: Mapping[str, Ami | None]) -> Row:
    pins = service.pins(color)
    ami = amis.get(pins.ami)
    return Row(
        service=name,
        color=color,
        live=color is service.live,
        committed_weight=committed,
        config_weight=service.weight(color),
        weight=state.weight,
        healthy=state.healthy,
        needed=state.desired,
        release=pins.image.partition("@sha256:")[2][:SHORT_DIGEST],
        on_release=state.on_release,
        hold=pins.capacity.hold,
        ami=pins.ami,
        ami_age_days=ami.age_days if ami else None,
    )


def _disagreements(deployment: Deployment, found: Sequence[Row]) -> Iterator[Finding]:
    """Where AWS differs from config, and from the file that is committed; and the services that are not up."""
    for row in found:
        if row.weight != row.config_weight:
            yield Finding(row.service, f"weights of {row.service}: config gives {row.color} {row.config_weight} %, AWS {row.weight} %")
    for row in found:
        if row.committed_weight not in {None, row.weight}:
            told = f"the committed file says {row.color} {row.committed_weight} %, AWS {row.weight} %: commit it"
            yield Finding(row.service, f"weights of {row.service}: {told}")
    for service in sorted(deployment.target.file.settings().services.keys() - {row.service for row in found}):
        yield Finding(service, f"{service} is in config and not up yet: `switchyard up {deployment.options}`")
