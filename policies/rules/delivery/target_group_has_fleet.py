"""Behind every target group, idle or live, stands a fleet."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, TARGET_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(target_group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a target group that no Auto Scaling group registers its instances with: nobody could roll back to it."""
    if len(stack.dependents(target_group, AUTO_SCALING_GROUP, "targetGroupArns")) != 1:
        yield target_group.problem("", "has not exactly one Auto Scaling group behind it")
    if target_group.value("targetType", "instance") != "instance":
        yield target_group.problem("targetType", "must be instance, which is what fleets register")


RULE = StackRule(
    name="target_group_has_fleet",
    applies_to=(TARGET_GROUP,),
    check=check,
)
