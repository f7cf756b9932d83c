"""A fleet runs on demand: AWS does not take its instances back."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

SHARE = "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity"
ALL = 100
"""Also what AWS takes where nothing is said."""


def check(group: Resource) -> Iterator[Problem]:
    """Find a group of which a part runs on spot."""
    if group.value(SHARE, ALL) != ALL:
        yield group.problem(SHARE, "must be 100")


RULE = ResourceRule(
    name="group_runs_on_demand",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
