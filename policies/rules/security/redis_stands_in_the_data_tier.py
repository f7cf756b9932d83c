"""Redis stands in the subnets of the data tier."""

from collections.abc import Iterator

from policies.rules.aws_types import CACHE_SUBNETS, REPLICATION_GROUP, SUBNET
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.security.data_tier_stands_apart import TIER
from policies.rules.stack import Stack


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group in AWS's default subnets, or in a tier that has a way out."""
    found = stack.sources(group, "subnetGroupName", CACHE_SUBNETS)
    if not found:
        yield group.problem("subnetGroupName", "is no subnet group of the stack")
    for each in found:
        subnets = stack.sources(each, "subnetIds", SUBNET)
        if not subnets or any(subnet.tag("tier", "") != TIER for subnet in subnets):
            yield each.problem("subnetIds", "are not those of the data tier")


RULE = StackRule(
    name="redis_stands_in_the_data_tier",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
