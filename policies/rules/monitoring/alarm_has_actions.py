"""Every alarm tells somebody, but for those that are only parts of a composite alarm."""

from collections.abc import Iterator

from components.signals import Tell
from policies.rules.aws_types import ALARM, COMPOSITE_ALARM
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.watched import signal_of


def check(alarm: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an alarm whose actions are off, and one that has none, or that no composite alarm is made of though it exists for that alone."""
    if not alarm.value("actionsEnabled", default=True):
        yield alarm.problem("actionsEnabled", "is off")
    if alarm.items("alarmActions"):
        return
    if not _is_a_part(alarm):
        yield alarm.problem("alarmActions", "is empty")
    elif not stack.dependents(alarm, COMPOSITE_ALARM, "alarmRule"):
        yield alarm.problem("alarmActions", "is empty, and no composite alarm is made of this one")


def _is_a_part(alarm: Resource) -> bool:
    """Whether it tells nobody by itself, as the catalogue has it."""
    found = signal_of(alarm) if alarm.type == ALARM else None
    return found is not None and found[1].tell is Tell.NOBODY


RULE = StackRule(
    name="alarm_has_actions",
    applies_to=(ALARM, COMPOSITE_ALARM),
    check=check,
)
