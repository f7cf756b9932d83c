"""Every node of Redis has its own alarm on each signal of the catalogue."""

from collections.abc import Iterator

from components.redis_catalogue import NODE
from policies.rules.aws_types import ALARM, REPLICATION_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.watched import signal_of


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group with more nodes than alarms on a signal: CloudWatch has its figures by node, and none of the group as a whole."""
    alarms = [signal_of(alarm) for alarm in stack.dependents(group, ALARM, "dimensions")]
    for signal in NODE.signals:
        if alarms.count((NODE, signal)) < group.value("numCacheClusters", 1):
            metric = signal.metric
            yield group.problem(metric, "has fewer alarms than there are nodes")


RULE = StackRule(
    name="redis_nodes_watched_each",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
