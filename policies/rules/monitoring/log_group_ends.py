"""Log groups end some day, each log after its time and the group with its stack."""

from collections.abc import Iterator

from policies.rules.aws_types import LOG_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(group: Resource) -> Iterator[Problem]:
    """Find a log group that is kept for ever, or that outlives its stack."""
    if not group.value("retentionInDays", 0):
        yield group.problem("retentionInDays", "is not set, so logs are kept for ever")
    if group.value("skipDestroy", default=False):
        yield group.problem("skipDestroy", "is on, so the group outlives its stack with nobody to own it")


RULE = ResourceRule(
    name="log_group_ends",
    applies_to=(LOG_GROUP,),
    check=check,
)
