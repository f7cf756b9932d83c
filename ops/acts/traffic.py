"""Traffic moved and moved back."""

from ops.commands.promote import promote
from ops.commands.rollback import rollback
from ops.commands.settle import settle
from ops.commands.shift import shift
from ops.console import count
from ops.rehearsal import Act, Stage, counted, hold, refused
from settings_types import Color

CANARY_PERCENT = 10
LOAD = 2
"""Instances by which the load is made to grow the live fleet, so that a promotion has to hold capacity first."""


def _canary(stage: Stage) -> str:
    shift(stage.deployment, stage.service, CANARY_PERCENT)
    return flipped(stage, {"blue": 100 - CANARY_PERCENT, "green": CANARY_PERCENT})


def _promote(stage: Stage) -> str:
    promote(stage.deployment, stage.service)
    return flipped(stage, {"blue": 0, "green": 100})


def _rollback(stage: Stage) -> str:
    rollback(stage.deployment, stage.service, every=False, now=False, force=False)
    return flipped(stage, {"blue": 100, "green": 0})


def flipped(stage: Stage, shares: dict[str, int]) -> str:
    """Hold the last operation to one updated rule, and AWS to the shares."""
    rule = f"update ListenerRule {stage.service}-traffic"
    hold("exactly one resource is updated", wanted=[rule], found=stage.changed(-1)[0])
    hold("weights in AWS", wanted=shares, found=stage.weights())
    return f"{counted(stage.changed(-1))}; AWS: {shares}"


def _second_rollback(stage: Stage) -> str:
    before = stage.weights()
    said = refused(lambda: rollback(stage.deployment, stage.service, every=False, now=False, force=False), "nothing to roll back to")
    hold("weights in AWS", wanted=before, found=stage.weights())
    return said


def _promote_under_load(stage: Stage) -> str:
    target, service = stage.deployment.target, stage.deployment.target.file.settings().services[stage.service]
    group = stage.deployment.outputs["services"][stage.service]["groups"][service.live]
    busy = service.pins(service.live).capacity.min + LOAD
    target.client("autoscaling").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=busy)
    since = len(stage.deployment.journal)
    promote(stage.deployment, stage.service)
    held = [f"update Group {stage.service}-{color}-group" for color in Color]
    hold("the hold comes first and by itself", wanted=held, found=sorted(stage.changed(since)[0]))
    return f"held {stage.other().other} at {busy} first; then {flipped(stage, {'blue': 0, 'green': 100})}"


def _rollback_all(stage: Stage) -> str:
    rollback(stage.deployment, None, every=True, now=False, force=False)
    return flipped(stage, {"blue": 100, "green": 0})


def _settle(stage: Stage) -> str:
    settle(stage.deployment, stage.service)
    groups = [f"update Group {stage.service}-{color}-group" for color in Color]
    hold("the holds go and nothing else", wanted=groups, found=sorted(stage.changed(-1)[0]))
    return counted(stage.changed(-1))


def _rollback_after_settle(stage: Stage) -> str:
    promote(stage.deployment, stage.service)
    settle(stage.deployment, stage.service)
    since = len(stage.deployment.journal)
    rollback(stage.deployment, stage.service, every=False, now=False, force=False)
    operations = stage.changed(since)
    return f"{count(len(operations), 'operation')}, the weights last; {flipped(stage, {'blue': 100, 'green': 0})}"


ACTS = (
    Act(f"canary {CANARY_PERCENT} %", "one resource is updated, and the load balancer says so", _canary),
    Act("promote", "the weights move in one update of one resource; where capacity is short, it is held first", _promote),
    Act("rollback", "one resource is updated: the way back is one write", _rollback),
    Act("rollback again", "it says that there is nothing to do, and does nothing", _second_rollback),
    Act("promote under load", "capacity is held for both colors first, then the weights move alone", _promote_under_load),
    Act("rollback --all", "within the hold it is one write; services with nothing to return to are skipped", _rollback_all),
    Act("settle", "the holds are removed and nothing else", _settle),
    Act("rollback after settle", "capacity is looked at first; then the weights move alone", _rollback_after_settle),
)
