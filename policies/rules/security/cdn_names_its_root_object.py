"""Who asks the CDN for nothing in particular gets a page, and no list of what there is."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(distribution: Resource) -> Iterator[Problem]:
    """Find a distribution that would pass a request for its root on to the bucket, which it may list."""
    if not distribution.value("defaultRootObject", ""):
        yield distribution.problem("defaultRootObject", "is not set")


RULE = ResourceRule(
    name="cdn_names_its_root_object",
    applies_to=(DISTRIBUTION,),
    check=check,
)
