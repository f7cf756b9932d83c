"""Target tracking aims at something that a fleet reaches before it is full."""

from collections.abc import Iterator

from policies.rules.aws_types import SCALING_POLICY
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

TRACKING = "targetTrackingConfiguration"
TARGET = "targetTrackingConfiguration.targetValue"
METRIC = "targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType"
CPU = "ASGAverageCPUUtilization"
LOWEST_PERCENT, HIGHEST_PERCENT = 10, 90
"""The bounds of `capacity.cpu_percent`: above, nothing is left for the minutes until a new instance serves."""


def check(policy: Resource) -> Iterator[Problem]:
    """Find a target that a fleet is above when it idles, or never gets to."""
    if not policy.has(TRACKING):
        return
    target = policy.value(TARGET)
    if policy.value(METRIC, "") == CPU and not LOWEST_PERCENT <= target <= HIGHEST_PERCENT:
        yield policy.problem(TARGET, "must be 10 to 90 percent")
    elif target <= 0:
        yield policy.problem(TARGET, "must be above 0")


RULE = ResourceRule(
    name="group_scales_before_it_is_full",
    applies_to=(SCALING_POLICY,),
    check=check,
)
