"""Where things stand: which input of a type names its subnets."""

from collections.abc import Mapping, Sequence

from policies.rules.aws_types import AUTO_SCALING_GROUP, LOAD_BALANCER, SUBNET, VPC_ENDPOINT
from policies.rules.resource import Resource
from policies.rules.stack import Stack

STANDS_IN: Mapping[str, str] = {AUTO_SCALING_GROUP: "vpcZoneIdentifiers", LOAD_BALANCER: "subnets", VPC_ENDPOINT: "subnetIds"}


def subnets(resource: Resource, stack: Stack) -> Sequence[Resource]:
    """Return the subnets of the stack that a resource stands in."""
    return stack.sources(resource, STANDS_IN[resource.type], SUBNET)
