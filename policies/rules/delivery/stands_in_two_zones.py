"""What requests pass, and what instances boot from, stands in two zones or more."""

from collections.abc import Iterator

from policies.rules.aws_types import VPC_ENDPOINT
from policies.rules.layer import StackRule
from policies.rules.placement import STANDS_IN, subnets
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FEWEST_ZONES = 2


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find what is lost with one zone, or stands in none of the stack's; a gateway endpoint is a route, and stands nowhere."""
    if resource.type == VPC_ENDPOINT and resource.value("vpcEndpointType", "Gateway") != "Interface":
        return
    path = STANDS_IN[resource.type]
    if len({subnet.value("availabilityZone") for subnet in subnets(resource, stack)}) < FEWEST_ZONES:
        yield resource.problem(path, "cover fewer than two zones")


RULE = StackRule(
    name="stands_in_two_zones",
    applies_to=tuple(STANDS_IN),
    check=check,
)
