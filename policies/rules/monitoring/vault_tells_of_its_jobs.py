"""What becomes of a vault's jobs is told to a topic of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_VAULT, TOPIC_POLICY, VAULT_NOTIFICATIONS
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

NEWS = frozenset(
    {"BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED"}
)
"""A job that failed is told as completed; the events that were for it alone are told no longer. A bucket's job is completed although some
objects are missing: of these there is news of its own (https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html)."""


def check(vault: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a vault whose jobs fail in silence."""
    told = stack.dependents(vault, VAULT_NOTIFICATIONS, "backupVaultName")
    if not told:
        yield vault.problem("", "tells nobody of its jobs")
    for news in told:
        if not set(news.value("backupVaultEvents")) >= NEWS:
            yield news.problem("backupVaultEvents", "leave out jobs that fail")
        if not stack.sources(news, "snsTopicArn", TOPIC_POLICY):
            yield news.problem("snsTopicArn", "is no topic of the stack")


RULE = StackRule(
    name="vault_tells_of_its_jobs",
    applies_to=(BACKUP_VAULT,),
    check=check,
)
