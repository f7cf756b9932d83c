"""A load balancer can be taken out of a zone that is sick."""

from collections.abc import Iterator

from policies.rules.aws_types import LOAD_BALANCER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(balancer: Resource) -> Iterator[Problem]:
    """Find a load balancer for which AWS takes no zonal shift; off is its default."""
    if not balancer.value("enableZonalShift", default=False):
        yield balancer.problem("enableZonalShift", "is not on")


RULE = ResourceRule(
    name="load_balancer_leaves_a_sick_zone",
    applies_to=(LOAD_BALANCER,),
    check=check,
)
