"""A preview shows the color that it names: it leads to that color alone, and stands before the traffic rule."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER_RULE, TARGET_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.traffic import moves_traffic, shares


def check(listener_rule: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a preview that leads elsewhere or nowhere, and one that the traffic rule of its service takes the requests from."""
    if moves_traffic(listener_rule):
        return
    service, listed = listener_rule.tag("service"), shares(listener_rule)
    groups = stack.sources(listener_rule, "actions", TARGET_GROUP)
    if len(listed) != 1 or [(each.tag("service"), each.tag("color")) for each in groups] != [(service, listener_rule.tag("color"))]:
        yield listener_rule.problem("actions", "must be one forward to the target group of its own color")
    for share in listed:
        if share.value("weight", 1) < 1:
            yield share.problem("weight", "is 0, so nobody answers")
    for other in stack.of_type(LISTENER_RULE):
        same_service = moves_traffic(other) and other.tag("service") == service
        if same_service and listener_rule.value("priority") >= other.value("priority"):
            yield listener_rule.problem("priority", "is behind the traffic rule, which takes the requests")


RULE = StackRule(
    name="preview_shows_its_color",
    applies_to=(LISTENER_RULE,),
    check=check,
)
