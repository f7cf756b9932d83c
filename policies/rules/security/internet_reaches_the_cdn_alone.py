"""The internet reaches the CDN alone, and through it buckets and an internal load balancer of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import (
    BUCKET,
    DISTRIBUTION,
    INTERNET_GATEWAY,
    LOAD_BALANCER,
    ROUTE,
    ROUTE_TABLE,
    ROUTE_TABLE_ASSOCIATION,
    SUBNET,
    VPC_ORIGIN,
)
from policies.rules.edge import named
from policies.rules.layer import StackRule
from policies.rules.placement import STANDS_IN, subnets
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find what faces the internet beside the CDN, and what the CDN would reach beside its own: each step of the way is one of these."""
    if resource.type == DISTRIBUTION:
        yield from _behind(resource, stack)
    elif resource.type == VPC_ORIGIN:
        if not named(resource.inputs.part("vpcOriginEndpointConfig"), "arn", LOAD_BALANCER, stack):
            yield resource.problem("vpcOriginEndpointConfig.arn", "is no load balancer of the stack")
    else:
        yield from _in_front(resource, stack)


def _behind(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    for origin in distribution.items("origins"):
        if origin.has("customOriginConfig"):
            yield origin.problem("customOriginConfig", "asks what the internet reaches too")
        if origin.has("vpcOriginConfig"):
            if not named(origin.part("vpcOriginConfig"), "vpcOriginId", VPC_ORIGIN, stack):
                yield origin.problem("vpcOriginConfig.vpcOriginId", "is no way of the stack")
        elif origin.value("domainName") not in {each.output("bucketRegionalDomainName") for each in stack.of_type(BUCKET)}:
            yield origin.problem("domainName", "is neither a bucket of the stack nor the way to its load balancer")


def _in_front(resource: Resource, stack: Stack) -> Iterator[Problem]:
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
    name="internet_reaches_the_cdn_alone",
    applies_to=(DISTRIBUTION, VPC_ORIGIN, *STANDS_IN),
    check=check,
)
