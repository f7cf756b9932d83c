"""What a command is about: named properties of named resources, or resources that come and go, and nothing else of the stack."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from pulumi.automation.events import OpType

from ops.plan import Plan, Step
from settings import Settings
from settings_types import Color

RULE = "aws:lb/listenerRule:ListenerRule"
GROUP = "aws:autoscaling/group:Group"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"

TRAFFIC = "-traffic"
"""How the logical name of a service's weighted rule ends."""

STACK = ""
"""As a service: the stack's own resources, which belong to none."""
COMES_AND_GOES = frozenset({OpType.CREATE, OpType.DELETE})

Address = tuple[str, str]
"""Type and logical name: what tells a resource of the stack from all others, also before it is made."""


@dataclass(frozen=True)
class Part:
    """What may happen to one resource."""

    type: str
    service: str
    """The service, by its name in config; STACK for a resource that belongs to none."""
    role: str
    """How the resource's logical name goes on after the name under which the service came up; the whole name for one of the stack's."""
    keys: frozenset[str] = frozenset()
    """The inputs that may change in an update."""
    ops: AbstractSet[OpType] = frozenset({OpType.UPDATE})
    """What may be done to it."""

    def address(self, settings: Settings) -> Address:
        """Where it is in the stack."""
        return self.type, f"{settings.resource_name(self.service)}{self.role}"


def traffic_rule(service: str) -> Part:
    """The weights that say which color takes a service's traffic."""
    return Part(RULE, service, TRAFFIC, frozenset({"actions"}))


def group_floor(service: str, color: Color) -> Part:
    """The least size of a color's group."""
    return Part(GROUP, service, f"-{color}-group", frozenset({"minSize"}))


def pins(service: str, color: Color) -> Sequence[Part]:
    """What enters a color's instances with a release: template, the group's version of it, the repository that the role may pull."""
    return (
        Part(TEMPLATE, service, f"-{color}-boot", frozenset({"imageId", "userData", "tagSpecifications"})),
        Part(GROUP, service, f"-{color}-group", frozenset({"mixedInstancesPolicy"})),
        Part(ROLE_POLICY, service, f"-{color}-may", frozenset({"policy"})),
    )


def strays(plan: Plan, parts: Mapping[Address, Part]) -> Iterator[Step]:
    """The steps of a plan that are not about these parts, given by where they are."""
    return (step for step in plan.steps if step.address not in parts or not _within(step, parts[step.address]))


def _within(step: Step, part: Part) -> bool:
    if step.op not in part.ops:
        return False
    if step.op is not OpType.UPDATE:
        return True
    changed = {re.split(r"[.\[]", key)[0] for key in step.keys}
    if not changed or not changed <= part.keys:
        return False
    return step.type != RULE or _beside_weights(step.old) == _beside_weights(step.new)


def _beside_weights(inputs: Mapping[str, Any]) -> Any:
    """The action of a rule without its weights: target groups, stickiness."""
    actions = copy.deepcopy(inputs.get("actions") or [])
    for action in actions:
        for group in (action.get("forward") or {}).get("targetGroups", []):
            group.pop("weight", None)
    return actions
