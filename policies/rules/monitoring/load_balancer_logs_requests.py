"""A load balancer records requests and connections."""

from collections.abc import Iterator

from policies.rules.aws_types import LOAD_BALANCER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(balancer: Resource) -> Iterator[Problem]:
    """Find a load balancer that keeps no record of requests or of connections."""
    for path in ("accessLogs.enabled", "connectionLogs.enabled"):
        if not balancer.value(path, default=False):
            yield balancer.problem(path, "is not on")


RULE = ResourceRule(
    name="load_balancer_logs_requests",
    applies_to=(LOAD_BALANCER,),
    check=check,
)
