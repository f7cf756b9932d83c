"""The data tier stands behind a network ACL, and has no way out."""

from collections.abc import Iterator

from policies.rules.aws_types import NETWORK_ACL, ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

TIER = "data"
"""What components/network.py tags its subnets with."""


def check(subnet: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a subnet of the tier to which the VPC's own ACL or route table applies, or whose route table leads out."""
    if subnet.tag("tier", "") != TIER:
        return
    if not stack.dependents(subnet, NETWORK_ACL, "subnetIds"):
        yield subnet.problem("", "stands behind no network ACL of the stack")
    joined = stack.dependents(subnet, ROUTE_TABLE_ASSOCIATION, "subnetId")
    tables = [table for each in joined for table in stack.sources(each, "routeTableId", ROUTE_TABLE)]
    if not tables:
        yield subnet.problem("", "has no route table of the stack")
    for table in tables:
        yield from (route.problem("routeTableId", "is the data tier's") for route in stack.dependents(table, ROUTE, "routeTableId"))
        if table.items("routes"):
            yield table.problem("routes", "lead out of the data tier")


RULE = StackRule(
    name="data_tier_stands_apart",
    applies_to=(SUBNET,),
    check=check,
)
