"""A color that takes traffic has at least one instance at all times, but in a stack that waits to take over."""

from collections.abc import Iterator, Sequence

from policies.rules.aws_types import AUTO_SCALING_GROUP, DATABASE, LISTENER_RULE, TARGET_GROUP
from policies.rules.delivery.color_is_ready_or_declared_cold import declared_cold
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.traffic import moves_traffic, shares

AWS_DEFAULT_WEIGHT = 1


def check(listener_rule: Resource, stack: Stack) -> Iterator[Problem]:
    """Find what a target group that takes traffic lacks.

    Which weight belongs to which group is in their ARNs, and a new stack has none yet. It does not matter when no group lacks anything
    or all of them take traffic, so only the rest is undecided.
    """
    if not moves_traffic(listener_rule):
        return
    taking = [share for share in shares(listener_rule) if share.value("weight", AWS_DEFAULT_WEIGHT) > 0]
    groups = stack.sources(listener_rule, "actions", TARGET_GROUP)
    lacks = {group.urn: _lacks(group, stack) for group in groups}
    if any(lacks.values()):
        arns = None if len(taking) >= len(groups) else {share.value("arn") for share in taking}
        for group in groups:
            if arns is None or group.output("arn") in arns:
                yield from lacks[group.urn]


def _lacks(target_group: Resource, stack: Stack) -> Sequence[Problem]:
    fleets = stack.dependents(target_group, AUTO_SCALING_GROUP, "targetGroupArns")
    if not fleets:
        return [target_group.problem("", "takes traffic and has no Auto Scaling group behind it")]
    empty = [fleet for fleet in fleets if fleet.value("minSize") < 1]
    return [
        fleet.problem("minSize", "is 0 on a color that takes traffic") for fleet in empty if not (declared_cold(fleet) and waits(stack))
    ]


def waits(stack: Stack) -> bool:
    """Tell whether nothing in the stack takes writes: its database follows that of another region, and nobody is served here."""
    databases = stack.of_type(DATABASE)
    return bool(databases) and all(database.has("replicateSourceDb") for database in databases)


RULE = StackRule(
    name="live_color_has_capacity",
    applies_to=(LISTENER_RULE,),
    check=check,
)
