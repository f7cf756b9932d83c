"""AWS deletes no database until it is retiring, and none without a last snapshot."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.databases import follows
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance that one call takes away, or that leaves nothing; AWS makes no last snapshot of a replica."""
    retiring = instance.value("tags.retiring", "") == "true"
    if not retiring and not instance.value("deletionProtection", default=False):
        yield instance.problem("deletionProtection", "is not on")
    if follows(instance):
        return
    if instance.value("skipFinalSnapshot", default=False):
        yield instance.problem("skipFinalSnapshot", "is on, so that nothing is left of it")
    if not instance.has("finalSnapshotIdentifier"):
        yield instance.problem("finalSnapshotIdentifier", "is not set, without which AWS makes no last snapshot")


RULE = ResourceRule(
    name="database_kept_from_deletion",
    applies_to=(DATABASE,),
    check=check,
)
