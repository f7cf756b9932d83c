"""When the site's bucket fails, the CDN asks its copy in another region."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, DISTRIBUTION
from policies.rules.edge import behaviors, leads_inside, origins
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FAILURES = frozenset({500, 502, 503, 504})
FEWEST = 2


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find files that one bucket, or one region, takes away; and a group that does not turn to the copy."""
    for behavior in behaviors(distribution):
        if not leads_inside(distribution, behavior) and len(origins(distribution, behavior)) < FEWEST:
            yield behavior.problem("targetOriginId", "is one bucket, with no other to ask")
    for group in distribution.items("originGroups"):
        if not set(group.value("failoverCriteria.statusCodes")) >= FAILURES:
            yield group.problem("failoverCriteria.statusCodes", "leave out an error at which the copy would answer")
    buckets = stack.sources(distribution, "origins", BUCKET)
    if len({bucket.value("region", None) for bucket in buckets}) < FEWEST:
        yield distribution.problem("origins", "are in one region")


RULE = StackRule(
    name="site_fails_over_to_its_copy",
    applies_to=(DISTRIBUTION,),
    check=check,
)
