"""A database that takes writes goes back to any second of a week or more, and what it kept outlives it."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.databases import follows
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

FEWEST_DAYS = 7


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance that keeps too little, forgets it when it goes, or leaves what nobody can tell whose it is."""
    if not follows(instance) and instance.value("backupRetentionPeriod", 0) < FEWEST_DAYS:
        yield instance.problem("backupRetentionPeriod", "is less than a week")
    if instance.value("deleteAutomatedBackups", default=True):
        yield instance.problem("deleteAutomatedBackups", "is on, so that backups go with the instance")
    if not instance.value("copyTagsToSnapshot", default=False):
        yield instance.problem("copyTagsToSnapshot", "is not on")


RULE = ResourceRule(
    name="database_keeps_backups",
    applies_to=(DATABASE,),
    check=check,
)
