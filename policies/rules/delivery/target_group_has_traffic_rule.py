"""Every target group, idle or live, is in its service's traffic rule."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER_RULE, TARGET_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.traffic import moves_traffic


def check(target_group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a target group that is not in exactly one traffic rule."""
    rules = [rule for rule in stack.dependents(target_group, LISTENER_RULE, "actions") if moves_traffic(rule)]
    if len(rules) != 1:
        yield target_group.problem("", "must be in exactly one listener rule that moves traffic")


RULE = StackRule(
    name="target_group_has_traffic_rule",
    applies_to=(TARGET_GROUP,),
    check=check,
)
