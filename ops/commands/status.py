"""`switchyard status`: what runs, by AWS's own word, beside what config says."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ops.committed import committed_weights
from ops.console import out, table, warn
from ops.deployment import Deployment
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
    config_weight: int
    weight: int
    healthy: int
    needed: int
    release: str
    on_release: int
    hold: int


def rows(deployment: Deployment) -> list[Row]:
    """Every color of every service."""
    traffic, settings = Traffic(deployment), deployment.target.file.settings()
    return [
        _row(name, color, service, state) for name, service in settings.services.items() for color, state in traffic.colors(name).items()
    ]


def _row(name: str, color: Color, service: Service, state: ColorState) -> Row:
    pins = service.pins(color)
    return Row(
        service=name,
        color=color,
        live=color is service.live,
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
        return
    table(("service", "color", "weight", "healthy targets", "release", "on release", "hold"), [_cells(row) for row in found])
    for warning in disagreements(deployment, found):
        warn(warning)


def _cells(row: Row) -> tuple[str, ...]:
    color = f"[{row.color}]{row.color}[/{row.color}]{' (live)' if row.live else ''}"
    healthy = f"{row.healthy} of {row.needed}"
    return (row.service, color, f"{row.weight} %", healthy, row.release, str(row.on_release), str(row.hold or ""))


def disagreements(deployment: Deployment, found: Sequence[Row]) -> list[str]:
    """Where AWS differs from config, and config from the file that is committed."""
    told = [
        f"weights of {row.service}: config gives {row.color} {row.config_weight} %, AWS {row.weight} %"
        for row in found
        if row.weight != row.config_weight
    ]
    committed = committed_weights(deployment.target.name)
    for row in found:
        share = committed.get((row.service, row.color))
        if share is not None and share != row.weight:
            told.append(f"weights of {row.service}: the committed file gives {row.color} {share} %, AWS {row.weight} %: commit the change")
    return told
