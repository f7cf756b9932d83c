"""Nothing of the stack can be reached from the internet."""

from collections.abc import Iterator

from policies.rules.aws_types import (
    INTERNET_GATEWAY,
    LOAD_BALANCER,
    ROUTE,
    ROUTE_TABLE,
    ROUTE_TABLE_ASSOCIATION,
    SUBNET,
)
from policies.rules.layer import StackRule
from policies.rules.placement import STANDS_IN, subnets
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find what faces the internet by its scheme, and what stands where an internet gateway is the way out."""
    if resource.type == LOAD_BALANCER and not resource.value("internal", default=False):
        yield resource.problem("internal", "is off, so the load balancer has addresses in the internet")
    path = STANDS_IN[resource.type]
    if {subnet.urn for subnet in subnets(resource, stack)} & _public(stack):
        yield resource.problem(path, "lie where the internet gateway is the way out")


def _public(stack: Stack) -> set[str]:
    """The subnets with a route to an internet gateway: here NAT gateways stand, and nothing else."""
    gateways = [route for route in stack.of_type(ROUTE) if stack.sources(route, "gatewayId", INTERNET_GATEWAY)]
    tables = [table for route in gateways for table in stack.sources(route, "routeTableId", ROUTE_TABLE)]
    joined = [each for table in tables for each in stack.dependents(table, ROUTE_TABLE_ASSOCIATION, "routeTableId")]
    return {subnet.urn for each in joined for subnet in stack.sources(each, "subnetId", SUBNET)}


RULE = StackRule(
    name="internet_reaches_nothing",
    applies_to=tuple(STANDS_IN),
    check=check,
)
