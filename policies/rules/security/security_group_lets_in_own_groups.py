"""A group that another one lets in is of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import SECURITY_GROUP, SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(opening: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a rule about a group, or in a group, that is not the stack's: who is in it nobody here knows."""
    for path in ("referencedSecurityGroupId", "securityGroupId"):
        if opening.has(path) and not stack.sources(opening, path, SECURITY_GROUP):
            yield opening.problem(path, "is no group of the stack")


RULE = StackRule(
    name="security_group_lets_in_own_groups",
    applies_to=(SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE),
    check=check,
)
