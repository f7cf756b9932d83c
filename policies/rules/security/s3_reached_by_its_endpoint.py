"""Where there is a way out, S3 is reached by its endpoint all the same, whose policy says what may be asked."""

from collections.abc import Iterator

from policies.rules.aws_types import NAT_GATEWAY, ROUTE, ROUTE_TABLE, VPC_ENDPOINT
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(endpoint: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an endpoint that a route table with a NAT gateway does not lead to: any bucket of anybody can be written from there."""
    if not endpoint.value("serviceName").endswith(".s3"):
        return
    served = {table.urn for table in stack.sources(endpoint, "routeTableIds", ROUTE_TABLE)}
    out = [route for route in stack.of_type(ROUTE) if stack.sources(route, "natGatewayId", NAT_GATEWAY)]
    if not {table.urn for route in out for table in stack.sources(route, "routeTableId", ROUTE_TABLE)} <= served:
        yield endpoint.problem("routeTableIds", "lack a table that leads out through a NAT gateway")


RULE = StackRule(
    name="s3_reached_by_its_endpoint",
    applies_to=(VPC_ENDPOINT,),
    check=check,
)
