"""What holds data, and AWS Backup can back up, carries the tag by which it is found."""

from collections.abc import Iterator

from components.tags import BACKUP_TAG, DAILY
from policies.rules.aws_types import BUCKET, DATABASE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

TAG = f"tags.{BACKUP_TAG}"


def check(resource: Resource) -> Iterator[Problem]:
    """Find a bucket or a database that no plan sees; a replica is a copy already."""
    if resource.type == DATABASE and resource.has("replicateSourceDb"):
        return
    if resource.value(TAG, "") != DAILY:
        yield resource.problem(TAG, "is not set to `daily`, so that no backup is made")


RULE = ResourceRule(
    name="stateful_things_backed_up",
    applies_to=(BUCKET, DATABASE),
    check=check,
)
