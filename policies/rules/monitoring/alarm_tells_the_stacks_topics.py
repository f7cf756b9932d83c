"""What an alarm tells, it tells to topics of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import ALARM, COMPOSITE_ALARM, TOPIC_POLICY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

ACTIONS = ("alarmActions", "okActions")


def check(alarm: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an alarm whose news go to a topic that nobody here has read the rules for, and one whose end is not told to whom it woke."""
    for path in ACTIONS:
        if alarm.items(path) and not stack.sources(alarm, path, TOPIC_POLICY):
            yield alarm.problem(path, "name no topic of the stack")
    if len(alarm.items("okActions")) < len(alarm.items("alarmActions")):
        yield alarm.problem("okActions", "do not tell everybody who was woken")


RULE = StackRule(
    name="alarm_tells_the_stacks_topics",
    applies_to=(ALARM, COMPOSITE_ALARM),
    check=check,
)
