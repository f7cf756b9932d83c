"""`switchyard status`: what runs, by AWS's own word, beside what config says."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.text import Text

from ops.committed import committed_weights
from ops.console import out, table, warn
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.traffic import ColorState, Traffic
from settings_service import Service
from settings_types import Color

SHORT_DIGEST = 12


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
    release: str
    on_release: int
    hold: int


def rows(deployment: Deployment) -> list[Row]:
    """Every color of every service that is up; BadInputError when none is."""
    traffic, committed = Traffic(deployment), committed_weights(deployment.target.name)
    services, there = deployment.target.file.settings().services, deployment.outputs.get("services", {})
    if not services.keys() & there.keys():
        raise BadInputError(f"The stack {deployment.target.name} is not up.", f"Bring it up first: `switchyard up {deployment.options}`.")
    return [
        _row(name, color, service, state, committed.get((name, color)))
        for name, service in services.items()
        if name in there
        for color, state in traffic.colors(name).items()
    ]


def _row(name: str, color: Color, service: Service, state: ColorState, committed: int | None) -> Row:
    pins = service.pins(color)
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
    )


def status(deployment: Deployment, *, as_json: bool = False) -> None:
    """Print the table, and warn where AWS, config and the committed file disagree."""
    found = rows(deployment)
    if as_json:
        out.print_json(json.dumps([asdict(row) for row in found]))
    else:
        table(("service", "color", "weight", "healthy targets", "release", "on release", "hold"), [_cells(row) for row in found])
    for warning in disagreements(deployment, found):
        warn(warning)


def _cells(row: Row) -> tuple[str | Text, ...]:
    color = Text.assemble((row.color, row.color), " (live)" if row.live else "")
    healthy = f"{row.healthy} of {row.needed}"
    return (row.service, color, f"{row.weight} %", healthy, row.release, str(row.on_release), str(row.hold or ""))


def disagreements(deployment: Deployment, found: Sequence[Row]) -> list[str]:
    """Where AWS differs from config, and from the file that is committed; and the services that are not up."""
    missing = deployment.target.file.settings().services.keys() - {row.service for row in found}
    return [
        *(
            f"weights of {row.service}: config gives {row.color} {row.config_weight} %, AWS {row.weight} %"
            for row in found
            if row.weight != row.config_weight
        ),
        *(
            f"weights of {row.service}: the committed file says {row.color} {row.committed_weight} %, AWS {row.weight} %: commit it"
            for row in found
            if row.committed_weight not in {None, row.weight}
        ),
        *(f"{service} is in config and not up yet: `switchyard up {deployment.options}`" for service in sorted(missing)),
    ]
