"""An Auto Scaling group spreads its instances over two zones or more."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, SUBNET
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FEWEST_ZONES = 2


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group whose subnets lie in one zone."""
    zones = {subnet.value("availabilityZone") for subnet in stack.sources(group, "vpcZoneIdentifiers", SUBNET)}
    if len(zones) < FEWEST_ZONES:
        yield group.problem("vpcZoneIdentifiers", "cover fewer than two zones")


RULE = StackRule(
    name="group_spans_zones",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
