"""A service that comes, gets another name, and goes, beside others that do not notice."""

from collections.abc import Sequence

from ops.commands.up import up
from ops.rehearsal import Act, Stage, hold, refused
from sandbox import faults
from sandbox.faults import Fault, Kind
from settings_types import SHARED

ADDED, RENAMED = "extra", "renamed"
KNOWS_ALL = ("dashboard", "cdn", "database-proxy-logs-in", "redis-password")
"""What knows all services: it shows them, leads to their paths, or lets those in that use it; so do the secrets that services share."""
KILLED_AT = 30
"""The engine dies at this change: some things are made and noted, some made and not noted, most not begun."""


def _add(stage: Stage) -> str:
    file, before = stage.deployment.target.file, _weights(stage)
    first = file.settings().services[stage.service]
    section = {
        **first.model_dump(mode="json", exclude_none=True, exclude={"canary", "previous"}),
        "paths": [f"/{ADDED}/*"],
        "priority": max(service.priority for service in file.settings().services.values()) + 1,
    }
    file.edit({f"services.{ADDED}": section})
    said = _killed(stage)
    plan = up(stage.deployment)
    _only(stage, ADDED, before)
    hold("the new service's weights", wanted={"blue": 100, "green": 0}, found=stage.weights(ADDED))
    hold("what the engine has begun and not ended", wanted=[], found=list(stage.deployment.half_done))
    hold("its target groups in AWS", wanted=2, found=len(_target_groups(stage)))
    return f"{said} then the rest: {len(plan.steps)} changed, all of them {ADDED}'s or of what knows all services, and nothing twice"


def _killed(stage: Stage) -> str:
    """Bring the service up with an engine that dies in the middle of it."""
    folder = stage.terminal.sandbox.folder
    faults.plan(folder, Fault(Kind.ENGINE_KILLED, KILLED_AT))
    try:
        return refused(lambda: up(stage.deployment), "killed")
    finally:
        faults.call_off(folder)


def _target_groups(stage: Stage) -> Sequence[str]:
    pages = stage.deployment.target.client("elbv2").get_paginator("describe_target_groups").paginate()
    names = [str(group["TargetGroupName"]) for page in pages for group in page["TargetGroups"]]
    return [name for name in names if name.startswith(f"{ADDED}-")]


def _rename(stage: Stage) -> str:
    file, before = stage.deployment.target.file, _weights(stage)
    section = file.settings().services[ADDED].model_dump(mode="json", exclude_none=True)
    file.edit({f"services.{ADDED}": None, f"services.{RENAMED}": {**section, "came_up_as": ADDED}})
    plan = up(stage.deployment)
    hold("steps", wanted=[], found=[str(step) for step in plan.steps])
    after = _weights(stage)
    hold("weights in AWS", wanted=before, found={ADDED if name == RENAMED else name: shares for name, shares in after.items()})
    return "0 changes; the commands call it by its new name"


def _remove(stage: Stage) -> str:
    file = stage.deployment.target.file
    kept = {name: shares for name, shares in _weights(stage).items() if name != RENAMED}
    section = file.settings().services[RENAMED].model_dump(mode="json", exclude_none=True)
    file.edit({f"services.{RENAMED}": None})
    said = refused(lambda: up(stage.deployment, traffic=True), "protected")
    file.edit({f"services.{RENAMED}": {**section, "retiring": True}})
    up(stage.deployment)
    hold("weights of the others", wanted=kept, found={name: stage.weights(name) for name in kept})
    file.edit({f"services.{RENAMED}": None})
    refused(lambda: up(stage.deployment), "This would move traffic")
    plan = up(stage.deployment, traffic=True, touch_live=True)
    _only(stage, ADDED, kept)
    return (
        f"refused at first ({said.split(':')[0]}); then {len(plan.steps)} changed, all of them the service's or of what knows all services"
    )


def _only(stage: Stage, service: str, weights: dict[str, dict[str, int]]) -> None:
    """Hold the last operation to one service's resources, and the others to their traffic."""
    names = [change.rsplit(" ", 1)[1] for change in stage.changed(-1)[0]]
    shared = {*KNOWS_ALL, *(f"{SHARED}-{secret}" for secret in stage.deployment.target.file.settings().shared_secrets)}
    hold("resources of others", wanted=[], found=[name for name in names if name.split("-")[0] != service and name not in shared])
    hold("weights of the others", wanted=weights, found={name: stage.weights(name) for name in weights})


def _weights(stage: Stage) -> dict[str, dict[str, int]]:
    return {name: stage.weights(name) for name in _services(stage)}


def _services(stage: Stage) -> Sequence[str]:
    return list(stage.deployment.target.file.settings().services)


ACTS = (
    Act("add a service, and the engine dies", "the next up finds what was made, makes the rest, and nothing twice", _add),
    Act("rename it", "nothing in AWS changes", _rename),
    Act("remove it", "refused until it retires; then it goes alone", _remove),
)
