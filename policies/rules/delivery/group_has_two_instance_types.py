"""A fleet can launch a second instance type when AWS has no more of the first."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

FEWEST_TYPES = 2


def check(group: Resource) -> Iterator[Problem]:
    """Find a group that knows no second type to launch."""
    overrides = group.items("mixedInstancesPolicy.launchTemplate.overrides")
    if len({each.value("instanceType") for each in overrides}) < FEWEST_TYPES:
        yield group.problem("mixedInstancesPolicy.launchTemplate.overrides", "name fewer than two instance types")


RULE = ResourceRule(
    name="group_has_two_instance_types",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
