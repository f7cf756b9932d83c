"""Every VPC's default security group is adopted by the stack and lets nothing in or out."""

from collections.abc import Iterator

from policies.rules.aws_types import DEFAULT_SECURITY_GROUP, VPC
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(vpc: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a VPC whose default security group the stack has not taken over, or has left open."""
    groups = stack.dependents(vpc, DEFAULT_SECURITY_GROUP, "vpcId")
    if not groups:
        yield vpc.problem("", "has a default security group that nobody closed")
    for group in groups:
        for direction in ("ingress", "egress"):
            if group.items(direction):
                yield group.problem(direction, "must be empty")


RULE = StackRule(
    name="default_security_group_closed",
    applies_to=(VPC,),
    check=check,
)
