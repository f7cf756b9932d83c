"""The database and its proxy stand in the subnets of the data tier."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, DATABASE_PROXY, DATABASE_SUBNETS, SUBNET
from policies.rules.databases import made_anew
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.security.data_tier_stands_apart import TIER
from policies.rules.stack import Stack


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find what stands in AWS's default subnets, or in a tier that has a way out; a replica stands where its source does."""
    if resource.type == DATABASE_PROXY:
        yield from _outside(resource, "vpcSubnetIds", stack)
        return
    found = stack.sources(resource, "dbSubnetGroupName", DATABASE_SUBNETS)
    if not found and (resource.has("dbSubnetGroupName") or made_anew(resource)):
        yield resource.problem("dbSubnetGroupName", "is no subnet group of the stack")
    for each in found:
        yield from _outside(each, "subnetIds", stack)


def _outside(resource: Resource, path: str, stack: Stack) -> Iterator[Problem]:
    subnets = stack.sources(resource, path, SUBNET)
    if not subnets or any(subnet.tag("tier", "") != TIER for subnet in subnets):
        yield resource.problem(path, "are not those of the data tier")


RULE = StackRule(
    name="database_stands_in_the_data_tier",
    applies_to=(DATABASE, DATABASE_PROXY),
    check=check,
)
