"""A key that is to be deleted can be saved for thirty days."""

from collections.abc import Iterator

from policies.rules.aws_types import KEY
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

LONGEST_DAYS = 30
"""The longest that KMS offers."""


def check(key: Resource) -> Iterator[Problem]:
    """Find a key that is gone sooner than need be, or that is made switched off."""
    if key.value("deletionWindowInDays", LONGEST_DAYS) < LONGEST_DAYS:
        yield key.problem("deletionWindowInDays", "must be 30, the longest that KMS offers")
    if not key.value("isEnabled", default=True):
        yield key.problem("isEnabled", "is off, so nothing that the key encrypts can be read")


RULE = ResourceRule(
    name="key_deleted_late",
    applies_to=(KEY,),
    check=check,
)
