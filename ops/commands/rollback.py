"""`switchyard rollback [SERVICE | --all]`: the way back, which nothing unrelated stops: it looks at the services' own rules alone."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ops.capacity import ALL, Gate, Need, least_hold, need, need_to_return
from ops.change import Change, apply, cut_off, landed, moving, report
from ops.console import done, progress, warn
from ops.deployment import Deployment
from ops.errors import BadInputError, RefusedError, SwitchyardError
from ops.parts import RULE, TRAFFIC, group_floor, strays, traffic_rule
from ops.recovery import kept_in_mind
from ops.session import service_of
from ops.stack_file import Edit
from ops.traffic import Traffic
from settings_service import Service
from settings_types import Color

NO_WAY = "no canary runs, and no color was live before, or a release has begun on it since."
"""What config cannot tell apart: it forgets the color before the pins of a release go in."""


@dataclass(frozen=True)
class Return:
    """Where a service goes back to."""

    service: str
    color: Color
    """The color that takes all traffic afterwards."""
    keys: Mapping[str, Any]
    undo: str
    """The command that undoes it; empty when it restores what config says."""
    flips: bool
    """Whether another color becomes live, which needs capacity there."""
    migrated: bool
    """Whether the release that it leaves has migrated data one way."""


def way_back(name: str, service: Service) -> Return | None:
    """What `rollback` does for a service: end its canary, else return to `previous`, else nothing."""
    key = f"services.{name}"
    if service.canary and service.canary.percent:
        ended = {f"{key}.canary.percent": 0, f"{key}.previous": None}
        return Return(name, service.live, ended, f"shift {name} {service.canary.percent}", flips=False, migrated=False)
    if service.previous:
        keys = {f"{key}.live": str(service.previous), f"{key}.previous": None}
        migrated = service.pins(service.live).irreversible
        return Return(name, service.previous, keys, f"promote {name}", flips=True, migrated=migrated)
    return None


def rollback(deployment: Deployment, name: str | None, *, every: bool, now: bool, force: bool) -> None:
    """Return one service, or all that have something to return to; `now` does not wait for capacity, `force` ignores a migration.

    Services that need to wait for capacity, or that must not go back, keep no other waiting.
    """
    started = time.monotonic()
    returns = _returns(deployment, name, every=every)
    barred = [back for back in returns if back.migrated and not force]
    free = [back for back in returns if back not in barred]
    for back in free:
        if back.migrated:
            warn(f"{back.service}: going back over a one-way migration, since --force says so")
    half_done = _elsewhere(deployment, free)
    short = [] if now else _short(deployment, free)
    ready = [back for back in free if back not in [later for later, _ in short]]
    with kept_in_mind(deployment, [deployment.urn(RULE, f"{back.service}{TRAFFIC}") for back in free]):
        if ready:
            _return(deployment, ready, started)
        for back, wanted in short:
            progress(f"{back.service}: {back.color} has shrunk since; raising it first takes a few minutes (--now flips at once)")
            held = Gate(deployment, Traffic(deployment)).pass_or_hold(back.service, wanted, alone=True)
            _return(deployment, [back], started, held)
    _tell_elsewhere(deployment, half_done)
    if barred:
        raise _over_migration(barred)


def _returns(deployment: Deployment, name: str | None, *, every: bool) -> list[Return]:
    if every == bool(name):
        raise BadInputError("Name one service, or say --all.", f"`switchyard rollback SERVICE {deployment.options}`")
    services = deployment.target.file.settings().services if every else {str(name): service_of(deployment, str(name))}
    found = {service: way_back(service, config) or _again(deployment, service, config) for service, config in services.items()}
    idle = [service for service, back in found.items() if not back]
    if len(idle) == len(found):
        hint = f"`switchyard status {deployment.options}` shows what takes the traffic."
        raise RefusedError(f"{', '.join(idle)}: nothing to roll back to: {NO_WAY}", hint)
    if idle:
        progress(f"skipped, with nothing to roll back to: {', '.join(idle)}")
    return [back for back in found.values() if back]


def _again(deployment: Deployment, name: str, service: Service) -> Return | None:
    """What config says, written once more, where an interrupted update may have moved traffic that config has back already."""
    return Return(name, service.live, {}, "", flips=False, migrated=False) if cut_off(deployment, name) else None


def _over_migration(barred: Sequence[Return]) -> RefusedError:
    told = [f"{back.service}: {back.color.other}'s release migrated data one way, and {back.color} runs an older one." for back in barred]
    hint = "Release a fix to the idle color and promote it; or --force, if the older release reads the new data."
    return RefusedError("\n".join(told), hint)


def _short(deployment: Deployment, returns: Sequence[Return]) -> list[tuple[Return, Need]]:
    """The returns whose color has too few healthy targets now, with what each needs."""
    traffic, services = Traffic(deployment), deployment.target.file.settings().services
    gate, short = Gate(deployment, traffic), []
    for back in returns:
        service, states = services[back.service], traffic.colors(back.service)
        flip = need(service, back.color, ALL, states[service.live])
        wanted = flip if back.flips else need_to_return(service, ALL, states)
        if not gate.has(back.service, wanted):
            short.append((back, wanted))
    return short


def _return(deployment: Deployment, returns: Sequence[Return], started: float, held: Edit | None = None) -> None:
    """Write the weights in one update of the rules alone, and see that they landed."""
    names = [back.service for back in returns]
    keys = {key: value for back in returns for key, value in back.keys.items()}
    about = [traffic_rule(service) for service in names]
    for back in returns:
        kept = least_hold(deployment, back.service, back.color)
        keys |= kept
        about += [group_floor(back.service, back.color)] if kept else []
    change = Change(f"rollback {', '.join(names)}", keys, about, [back.undo for back in returns if back.undo])
    parts = change.parts(deployment)
    edit = deployment.target.file.edit(change.keys)
    plan = apply(deployment, change, edit, refresh=True)
    for step in strays(plan, parts):
        warn(f"beside the weights, config has changed more of the rule: {step}")
    landed(deployment, names)
    for back in returns:
        done(f"{back.service}: {back.color} takes all traffic again")
    done(f"rolled back in {time.monotonic() - started:.1f} s")
    report(deployment, change, edit.since(held))


def _elsewhere(deployment: Deployment, returns: Sequence[Return]) -> list[str]:
    """What is half-done, less the rules that are about to be written."""
    rules = {moving(back.service) for back in returns}
    return [operation for operation in deployment.half_done if operation not in rules]


def _tell_elsewhere(deployment: Deployment, half_done: Sequence[str]) -> None:
    """Warn of what is wrong in the rest of the stack, which did not stop the way back and does not now."""
    for operation in half_done:
        warn(f"half-done: {operation}")
    try:
        plan = deployment.preview("looking at the rest of the stack")
    except SwitchyardError as error:
        warn(f"the rest of the stack cannot be previewed: {error.message}")
        return
    for told in [*plan.errors, *map(str, plan.findings)]:
        warn(told)
