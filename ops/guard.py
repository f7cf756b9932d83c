"""What a plan would do to traffic and to the instances that take it: `up` refuses both unless it is told otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pulumi.automation.events import OpType

from ops.plan import Plan, Step
from settings import Settings
from settings_service import Service
from settings_types import Color

RULE = "aws:lb/listenerRule:ListenerRule"
GROUP = "aws:autoscaling/group:Group"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
PARAMETER = "aws:ssm/parameter:Parameter"


def moved_traffic(plan: Plan, settings: Settings) -> list[str]:
    """The services whose weights the plan changes, in words: `api: blue 100 / green 0 -> blue 0 / green 100`."""
    told = []
    for step in plan.steps:
        service = step.name.removesuffix("-traffic")
        if step.type != RULE or service not in settings.services or step.op is OpType.CREATE:
            continue
        before, after = weights(step.old), weights(step.new)
        if before != after:
            told.append(f"{service}: {in_words(before)} -> {in_words(after)}")
    return told


def weights(inputs: Mapping[str, Any]) -> tuple[int, ...]:
    """The weights of a traffic rule in the order of its target groups, blue first."""
    forward = (inputs.get("actions") or [{}])[0].get("forward") or {}
    return tuple(int(group.get("weight", 0)) for group in forward.get("targetGroups", []))


def in_words(shares: Sequence[int]) -> str:
    """`blue 90 / green 10`; `none` for a rule that is gone."""
    return " / ".join(f"{color} {share}" for color, share in zip(Color, shares, strict=False)) or "none"


def touched_live(plan: Plan, settings: Settings) -> list[Step]:
    """The steps that change what enters the instances of a color that takes traffic, where its group exists already."""
    started = {step.name for step in plan.steps if step.type == GROUP and step.op is OpType.CREATE}
    return [step for step in plan.steps for color in _entered(step, settings) if f"{color}-group" not in started]


def _entered(step: Step, settings: Settings) -> Iterator[str]:
    """The colors with traffic whose instances the step's resource enters, as `<service>-<color>`."""
    for service, config in settings.services.items():
        for color in (color for color in Color if _takes_traffic(config, color)):
            name = f"{service}-{color}"
            if _enters(step, service, name):
                yield name


def _takes_traffic(service: Service, color: Color) -> bool:
    return service.weight(color) > 0


def _enters(step: Step, service: str, color: str) -> bool:
    if step.type == TEMPLATE:
        return step.name == f"{color}-boot"
    if step.type == GROUP:
        template = step.old.get("mixedInstancesPolicy") != step.new.get("mixedInstancesPolicy")
        return step.name == f"{color}-group" and template
    return step.type == PARAMETER and step.name.startswith((f"{color}-", f"{service}-endpoint-"))
