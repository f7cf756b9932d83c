"""Instances are replaced by launching new ones first."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

WHOLE = 100
LEAST = ("instanceMaintenancePolicy.minHealthyPercentage", "instanceRefresh.preferences.minHealthyPercentage")
MOST = ("instanceMaintenancePolicy.maxHealthyPercentage", "instanceRefresh.preferences.maxHealthyPercentage")
"""The provider takes 100 where a refresh does not say."""


def check(group: Resource) -> Iterator[Problem]:
    """Find a group that may go below its size while instances are replaced, or whose refresh would start over what already matches."""
    for path in LEAST:
        if group.value(path, 0) < WHOLE:
            yield group.problem(path, "must be 100")
    for path in MOST:
        if group.value(path, WHOLE) <= WHOLE:
            yield group.problem(path, "must be above 100: what is launched first comes on top")
    if group.value("instanceRefresh.strategy", "") != "Rolling":
        yield group.problem("instanceRefresh.strategy", "must be Rolling")
    if not group.value("instanceRefresh.preferences.skipMatching", default=False):
        yield group.problem("instanceRefresh.preferences.skipMatching", "is not on")


RULE = ResourceRule(
    name="group_launches_before_it_terminates",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
