"""An interface endpoint stands in two zones or more."""

from collections.abc import Iterator

from policies.rules.aws_types import SUBNET, VPC_ENDPOINT
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FEWEST_ZONES = 2


def check(endpoint: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an endpoint that is lost with one zone, or stands in none; a gateway endpoint is a route, and stands nowhere."""
    if endpoint.value("vpcEndpointType", "Gateway") != "Interface":
        return
    if len({subnet.value("availabilityZone") for subnet in stack.sources(endpoint, "subnetIds", SUBNET)}) < FEWEST_ZONES:
        yield endpoint.problem("subnetIds", "cover fewer than two zones")


RULE = StackRule(
    name="endpoints_span_zones",
    applies_to=(VPC_ENDPOINT,),
    check=check,
)
