"""A silent connection is closed by the load balancer before its target closes it."""

from collections.abc import Iterator

from policies.rules.aws_types import LOAD_BALANCER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

LONGEST_SECONDS = 70
"""An instance closes after 75 s (KEEPALIVE_SECONDS of components/boot), and a request may be on its way."""


def check(balancer: Resource) -> Iterator[Problem]:
    """Find a load balancer that would send a request into a connection that its target has closed."""
    if not 0 < balancer.value("idleTimeout", 60) <= LONGEST_SECONDS:
        yield balancer.problem("idleTimeout", "must be 1 to 70 seconds")


RULE = ResourceRule(
    name="load_balancer_closes_first",
    applies_to=(LOAD_BALANCER,),
    check=check,
)
