"""A load balancer stands in two zones or more."""

from collections.abc import Iterator

from policies.rules.aws_types import LOAD_BALANCER, SUBNET
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FEWEST_ZONES = 2


def check(balancer: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a load balancer whose subnets lie in one zone."""
    zones = {subnet.value("availabilityZone") for subnet in stack.sources(balancer, "subnets", SUBNET)}
    if len(zones) < FEWEST_ZONES:
        yield balancer.problem("subnets", "cover fewer than two zones")


RULE = StackRule(
    name="load_balancer_spans_zones",
    applies_to=(LOAD_BALANCER,),
    check=check,
)
