"""A vault refuses to delete a backup before its time, and to keep one for ever."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_VAULT, VAULT_LOCK
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

LEAST_DAYS = 7
"""A deletion on a Friday night is found within a week."""


def check(vault: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a vault without a lock, and a lock that lets backups go too soon or stay for ever."""
    locks = stack.dependents(vault, VAULT_LOCK, "backupVaultName")
    if not locks:
        yield vault.problem("", "has no lock")
    for lock in locks:
        if lock.value("minRetentionDays", 0) < LEAST_DAYS:
            yield lock.problem("minRetentionDays", "lets a backup go within a week")
        if not lock.has("maxRetentionDays"):
            yield lock.problem("maxRetentionDays", "is not set, so that a backup may be paid for for ever")


RULE = StackRule(
    name="vault_locked",
    applies_to=(BACKUP_VAULT,),
    check=check,
)
