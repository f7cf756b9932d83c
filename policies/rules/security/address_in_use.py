"""Every elastic IP is a NAT gateway's."""

from collections.abc import Iterator

from policies.rules.aws_types import EIP, NAT_GATEWAY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(address: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an address that is kept for nothing, or for something that the internet could then reach."""
    if not stack.dependents(address, NAT_GATEWAY, "allocationId"):
        yield address.problem("", "belongs to no NAT gateway")


RULE = StackRule(
    name="address_in_use",
    applies_to=(EIP,),
    check=check,
)
