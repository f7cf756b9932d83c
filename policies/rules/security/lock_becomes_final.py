"""A vault's lock becomes final: after its days of grace nobody takes it off."""

from collections.abc import Iterator

from policies.rules.aws_types import VAULT_LOCK
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

LONGEST_DAYS = 90
"""Time to see a year's retentions at work; who breaks in does not wait for the end."""


def check(lock: Resource) -> Iterator[Problem]:
    """Find a lock in governance mode, which is what one without days of grace is, and one that becomes final too late to be of use."""
    if not lock.has("changeableForDays"):
        yield lock.problem("changeableForDays", "is not set, so that the lock can be taken off for ever")
    elif lock.value("changeableForDays") > LONGEST_DAYS:
        yield lock.problem("changeableForDays", "is longer than three months, for which the lock can be taken off")


RULE = ResourceRule(
    name="lock_becomes_final",
    applies_to=(VAULT_LOCK,),
    check=check,
)
