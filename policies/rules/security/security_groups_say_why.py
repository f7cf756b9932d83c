"""Every security group, and every rule of one, says what it is for."""

from collections.abc import Iterator

from policies.rules.aws_types import SECURITY_GROUP, SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

NOTHING = frozenset({"", "Managed by Pulumi"})
"""What a group is described as if nobody describes it."""


def check(wall: Resource) -> Iterator[Problem]:
    """Find a group or a rule of which nobody says why it is there."""
    if wall.value("description", "") in NOTHING:
        yield wall.problem("description", "does not say what it is for")


RULE = ResourceRule(
    name="security_groups_say_why",
    applies_to=(SECURITY_GROUP, SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE),
    check=check,
)
