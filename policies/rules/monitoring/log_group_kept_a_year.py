"""Log groups keep a year or more."""

from collections.abc import Iterator

from policies.rules.aws_types import LOG_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

SHORTEST_DAYS = 365
"""CloudWatch.16's own figure."""


def check(group: Resource) -> Iterator[Problem]:
    """Find a log group that ends sooner; one without an end is another rule's."""
    if 0 < group.value("retentionInDays", 0) < SHORTEST_DAYS:
        yield group.problem("retentionInDays", "is less than a year")


RULE = ResourceRule(
    name="log_group_kept_a_year",
    applies_to=(LOG_GROUP,),
    check=check,
)
