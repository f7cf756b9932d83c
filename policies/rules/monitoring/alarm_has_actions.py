"""Every alarm tells somebody, itself or through a composite alarm."""

from collections.abc import Iterator

from policies.rules.aws_types import ALARM, COMPOSITE_ALARM
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(alarm: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an alarm whose actions are off, or that has none and is no part of a composite alarm."""
    if not alarm.value("actionsEnabled", default=True):
        yield alarm.problem("actionsEnabled", "is off")
    if not alarm.items("alarmActions") and not stack.dependents(alarm, COMPOSITE_ALARM, "alarmRule"):
        yield alarm.problem("alarmActions", "is empty, and no composite alarm is made of this one")


RULE = StackRule(
    name="alarm_has_actions",
    applies_to=(ALARM, COMPOSITE_ALARM),
    check=check,
)
