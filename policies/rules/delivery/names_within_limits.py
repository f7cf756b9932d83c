"""Names fit into what AWS allows."""

from collections.abc import Iterator

from policies.rules.aws_types import LOAD_BALANCER, ROLE, TARGET_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

LIMITS = {LOAD_BALANCER: 32, TARGET_GROUP: 32, ROLE: 64}
"""Characters, by AWS's API references."""
SUFFIX = 8
"""What auto-naming appends: a hyphen and seven hexadecimal digits."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find a name that AWS refuses, also one that auto-naming would make too long."""
    limit = LIMITS[resource.type]
    if len(resource.value("name", "")) > limit:
        yield resource.problem("name", "is longer than AWS takes")
    if not resource.has("name") and len(resource.name) + SUFFIX > limit:
        yield resource.problem("", "is too long a name for auto-naming")


RULE = ResourceRule(
    name="names_within_limits",
    applies_to=(LOAD_BALANCER, TARGET_GROUP, ROLE),
    check=check,
)
