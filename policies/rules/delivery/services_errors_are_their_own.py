"""What a service answers reaches its user, an error too."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(distribution: Resource) -> Iterator[Problem]:
    """Find pages for errors: CloudFront knows them for a whole distribution only, and puts them in the place of services' answers."""
    if distribution.items("customErrorResponses"):
        yield distribution.problem("customErrorResponses", "take the place of what services answer")


RULE = ResourceRule(
    name="services_errors_are_their_own",
    applies_to=(DISTRIBUTION,),
    check=check,
)
