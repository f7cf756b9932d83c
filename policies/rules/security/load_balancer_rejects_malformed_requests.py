"""A load balancer drops malformed headers and ambiguous requests."""

from collections.abc import Iterator

from policies.rules.aws_types import LOAD_BALANCER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

SAFE_MODES = frozenset({"defensive", "strictest"})


def check(balancer: Resource) -> Iterator[Problem]:
    """Find a load balancer that passes on malformed headers, or requests that its targets may read otherwise."""
    if not balancer.value("dropInvalidHeaderFields", default=False):
        yield balancer.problem("dropInvalidHeaderFields", "is not on")
    if balancer.value("desyncMitigationMode", "defensive") not in SAFE_MODES:
        yield balancer.problem("desyncMitigationMode", "must be defensive or strictest")


RULE = ResourceRule(
    name="load_balancer_rejects_malformed_requests",
    applies_to=(LOAD_BALANCER,),
    check=check,
)
