"""Every target group has an alarm on its unhealthy hosts."""

from collections.abc import Iterator

from policies.rules.aws_types import ALARM, TARGET_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

METRIC = "UnHealthyHostCount"
DIMENSIONS = frozenset({"LoadBalancer", "TargetGroup"})
"""CloudWatch has the metric under both together; with one of them missing an alarm never sees a figure."""


def check(target_group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a target group that no alarm on the metric is about; decided by where dimensions come from, known before any ARN is."""
    plain = stack.dependents(target_group, ALARM, "dimensions")
    queries = stack.dependents(target_group, ALARM, "metricQueries")
    if not any(_watches(alarm) for alarm in plain) and not any(_queries(alarm, stack) for alarm in queries):
        yield target_group.problem("", "has no alarm that sees its unhealthy hosts")


def _watches(alarm: Resource) -> bool:
    return alarm.value("metricName", None) == METRIC and alarm.names("dimensions") == DIMENSIONS


def _queries(alarm: Resource, stack: Stack) -> bool:
    """Tell whether an alarm asks for the metric at least once for each target group that it is about."""
    asked = [query for query in alarm.items("metricQueries") if query.value("metric.metricName", None) == METRIC]
    complete = [query for query in asked if query.names("metric.dimensions") == DIMENSIONS]
    return len(complete) >= len(stack.sources(alarm, "metricQueries", TARGET_GROUP))


RULE = StackRule(
    name="target_group_has_unhealthy_host_alarm",
    applies_to=(TARGET_GROUP,),
    check=check,
)
