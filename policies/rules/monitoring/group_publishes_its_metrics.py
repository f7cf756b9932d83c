"""An Auto Scaling group publishes the metrics that its alarms read."""

from collections.abc import Iterator

from components.catalogue import GROUP
from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

NEEDED = frozenset({"GroupDesiredCapacity", "GroupInServiceInstances", *(signal.metric for signal in GROUP.signals)})
"""What its alarms read, and beside it what the group was asked for."""


def check(group: Resource) -> Iterator[Problem]:
    """Find a group that does not tell its size."""
    if not set(group.value("enabledMetrics", [])) >= NEEDED:
        yield group.problem("enabledMetrics", "lack a metric that alarms are on")


RULE = ResourceRule(
    name="group_publishes_its_metrics",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
