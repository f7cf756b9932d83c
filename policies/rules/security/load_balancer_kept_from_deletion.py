"""AWS itself refuses to delete a load balancer."""

from collections.abc import Iterator

from policies.rules.aws_types import LOAD_BALANCER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(balancer: Resource) -> Iterator[Problem]:
    """Find a load balancer that AWS would delete when asked."""
    if not balancer.value("enableDeletionProtection", default=False):
        yield balancer.problem("enableDeletionProtection", "is not on")


RULE = ResourceRule(
    name="load_balancer_kept_from_deletion",
    applies_to=(LOAD_BALANCER,),
    check=check,
)
