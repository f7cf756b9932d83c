"""What leaves a zone leaves by a NAT gateway of that zone."""

from collections.abc import Iterable, Iterator

from policies.rules.aws_types import NAT_GATEWAY, ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(route: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a route of one zone's subnets to a gateway in another: they lose the internet with a zone in which they do not stand."""
    gateways = stack.sources(route, "natGatewayId", NAT_GATEWAY)
    tables = stack.sources(route, "routeTableId", ROUTE_TABLE)
    joined = [each for table in tables for each in stack.dependents(table, ROUTE_TABLE_ASSOCIATION, "routeTableId")]
    if gateways and not _zones(joined, stack) <= _zones(gateways, stack):
        yield route.problem("natGatewayId", "is a gateway in another zone than the subnets")


def _zones(placed: Iterable[Resource], stack: Stack) -> set[str]:
    return {subnet.value("availabilityZone") for each in placed for subnet in stack.sources(each, "subnetId", SUBNET)}


RULE = StackRule(
    name="zones_have_their_own_way_out",
    applies_to=(ROUTE,),
    check=check,
)
