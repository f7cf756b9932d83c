"""Everything that is watched has an alarm on each signal of the catalogue."""

from collections.abc import Iterator

from components.signals import Signal
from policies.rules.aws_types import ALARM, AUTO_SCALING_GROUP
from policies.rules.delivery.color_is_ready_or_declared_cold import declared_cold
from policies.rules.edge import rests
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.watched import SUBJECTS, signal_of


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a resource that lacks an alarm; decided by where an alarm's dimensions come from, known before any ARN is."""
    if rests(resource):
        return
    subject = SUBJECTS[resource.type]
    seen = [signal_of(alarm) for alarm in stack.dependents(resource, ALARM, "dimensions")]
    for signal in subject.signals:
        if (subject, signal) not in seen and _is_due(signal, resource, stack):
            metric = signal.metric
            yield resource.problem(metric, "has no alarm")


def _is_due(signal: Signal, resource: Resource, stack: Stack) -> bool:
    """Whether the resource must have the alarm: what may be empty is not missed when it is."""
    if signal.of_replica:
        return resource.has("replicateSourceDb")
    if not signal.of_least:
        return True
    groups = [resource] if resource.type == AUTO_SCALING_GROUP else stack.dependents(resource, AUTO_SCALING_GROUP, "targetGroupArns")
    return not all(declared_cold(group) for group in groups)


RULE = StackRule(
    name="resources_have_their_alarms",
    applies_to=tuple(SUBJECTS),
    check=check,
)
