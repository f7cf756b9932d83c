"""Weight above zero on a group that may be empty, or that one zone can take down, is an outage in waiting."""

from collections.abc import Iterator, Sequence

from policies.rules.aws_types import AUTO_SCALING_GROUP, LISTENER_RULE, SUBNET, TARGET_GROUP
from policies.rules.layer import Severity, StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.traffic import moves_traffic, shares

AWS_DEFAULT_WEIGHT = 1
FEWEST_ZONES = 2


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
    found = []
    for fleet in fleets:
        if fleet.value("minSize") < 1:
            found.append(fleet.problem("minSize", "is 0 on a color that takes traffic"))
        zones = {subnet.value("availabilityZone") for subnet in stack.sources(fleet, "vpcZoneIdentifiers", SUBNET)}
        if len(zones) < FEWEST_ZONES:
            found.append(fleet.problem("vpcZoneIdentifiers", "covers one zone only on a color that takes traffic"))
    return found


RULE = StackRule(
    name="live_color_has_capacity",
    description="A color that takes traffic has at least one instance at all times, spread over two zones or more.",
    severity=Severity.CRITICAL,
    applies_to=(LISTENER_RULE,),
    remedy="Raise switchyard:services.<service>.<color>.capacity.min, and name two zones or more in switchyard:network.availability_zones.",
    controls=("AutoScaling.2",),
    check=check,
)
