"""A client sticks to a color no longer than a target of it drains."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER_RULE, TARGET_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(listener_rule: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a rule that holds clients to a color for longer than a target of it drains."""
    delays = [group.value("deregistrationDelay", 300) for group in stack.sources(listener_rule, "actions", TARGET_GROUP)]
    for action in listener_rule.items("actions"):
        sticks = action.value("forward.stickiness.enabled", default=False)
        if sticks and action.value("forward.stickiness.duration") > min(delays):
            yield action.problem("forward.stickiness.duration", "is longer than a target drains")


RULE = StackRule(
    name="stickiness_ends_with_the_drain",
    applies_to=(LISTENER_RULE,),
    check=check,
)
