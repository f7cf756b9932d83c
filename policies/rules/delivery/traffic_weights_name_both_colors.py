"""A service's traffic rule names both colors, and their weights sum to 100."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER_RULE, TARGET_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.traffic import COLORS, moves_traffic, shares

ALL_TRAFFIC = 100
"""Weights are percent here; AWS itself takes any proportion."""


def check(listener_rule: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a traffic rule that is not one forward to both colors of its service with weights that sum to 100."""
    if not moves_traffic(listener_rule):
        return
    actions = listener_rule.items("actions")
    if len(actions) != 1 or actions[0].value("type") != "forward" or actions[0].has("targetGroupArn"):
        yield listener_rule.problem("actions", "must be one forward that lists target groups and weights, and nothing else")
        return
    weights = [share.value("weight") for share in shares(listener_rule)]
    if len(weights) != len(COLORS):
        yield actions[0].problem("forward.targetGroups", "must list two target groups")
    elif sum(weights) != ALL_TRAFFIC or min(weights) < 0:
        yield actions[0].problem("forward.targetGroups", "must have weights that sum to 100")
    groups = stack.sources(listener_rule, "actions", TARGET_GROUP)
    named = {(group.tag("service"), group.tag("color")) for group in groups}
    if named != {(listener_rule.tag("service"), color) for color in COLORS}:
        yield listener_rule.problem("actions", "must name the blue and the green target group of its own service")


RULE = StackRule(
    name="traffic_weights_name_both_colors",
    applies_to=(LISTENER_RULE,),
    check=check,
)
