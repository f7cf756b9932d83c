"""`switchyard rollback [SERVICE | --all]`: the way back, which nothing unrelated stops: it looks at the services' own rules alone."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ops.capacity import Gate, need
from ops.change import Change, apply, landed, report
from ops.console import done, progress, warn
from ops.deployment import Deployment
from ops.errors import RefusedError
from ops.guard import RULE
from ops.session import option, service_of
from ops.traffic import Traffic
from settings_service import Service
from settings_types import Color


@dataclass(frozen=True)
class Return:
    """Where a service goes back to."""

    service: str
    color: Color
    """The color that takes all traffic afterwards."""
    keys: Mapping[str, Any]
    flips: bool
    """Whether another color becomes live, which needs capacity there."""


def way_back(name: str, service: Service) -> Return | None:
    """What `rollback` does for a service: end its canary, else return to `previous`, else nothing."""
    key = f"services.{name}"
    if service.canary and service.canary.percent:
        return Return(name, service.live, {f"{key}.canary.percent": 0, f"{key}.previous": None}, flips=False)
    if service.previous:
        return Return(name, service.previous, {f"{key}.live": str(service.previous), f"{key}.previous": None}, flips=True)
    return None


def rollback(deployment: Deployment, name: str | None, *, every: bool, now: bool, force: bool) -> None:
    """Return one service, or all that have something to return to; `now` does not wait for capacity, `force` ignores a migration."""
    started = time.monotonic()
    returns = _returns(deployment, name, every=every)
    settings = deployment.target.file.settings()
    for back in returns:
        _check_migration(back, settings.services[back.service], force=force)
        if back.flips and not now:
            _restore_capacity(deployment, back, settings.services[back.service])
    names = [back.service for back in returns]
    keys = {key: value for back in returns for key, value in back.keys.items()}
    change = Change(f"rollback {', '.join(names)}", keys, [(RULE, f"{service}-traffic") for service in names])
    edit = deployment.target.file.edit(change.keys)
    apply(deployment, change, edit, [deployment.urn(kind, rule) for kind, rule in change.about], refresh=True)
    landed(deployment, names)
    for back in returns:
        done(f"{back.service}: {back.color} takes all traffic again")
    done(f"rolled back in {time.monotonic() - started:.1f} s")
    report(deployment, change, edit)


def _returns(deployment: Deployment, name: str | None, *, every: bool) -> list[Return]:
    if every == bool(name):
        raise RefusedError("Name one service, or say --all.", f"`switchyard rollback SERVICE {option(deployment)}`")
    services = deployment.target.file.settings().services if every else {str(name): service_of(deployment, str(name))}
    found = {service: way_back(service, config) for service, config in services.items()}
    idle = [service for service, back in found.items() if not back]
    if len(idle) == len(found):
        raise RefusedError(f"{', '.join(idle)}: nothing to roll back to: no canary runs, and no color was live before.", "")
    if idle:
        progress(f"skipped, with nothing to roll back to: {', '.join(idle)}")
    return [back for back in found.values() if back]


def _check_migration(back: Return, service: Service, *, force: bool) -> None:
    if not back.flips or not service.pins(service.live).irreversible:
        return
    if not force:
        message = f"{back.service}: {service.live}'s release migrated data one way, and {back.color} runs the release before it."
        raise RefusedError(message, "Release a fix to the idle color and promote it; or --force, if the older release reads the new data.")
    warn(f"{back.service}: going back over a one-way migration, since --force says so")


def _restore_capacity(deployment: Deployment, back: Return, service: Service) -> None:
    traffic = Traffic(deployment)
    states = traffic.colors(back.service)
    wanted = need(service, back.color, 100, states[service.live])
    if states[back.color].on_release < wanted.targets:
        progress(f"{back.service}: {back.color} has shrunk since; raising it first takes a few minutes (--now flips at once)")
    Gate(deployment, traffic).pass_or_hold(back.service, wanted)
