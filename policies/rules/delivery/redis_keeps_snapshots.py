"""Redis is copied every day, and the copies are kept."""

from collections.abc import Iterator

from policies.rules.aws_types import REPLICATION_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(group: Resource) -> Iterator[Problem]:
    """Find a group of which nothing is left once its nodes are gone."""
    if not group.value("snapshotRetentionLimit", 0):
        yield group.problem("snapshotRetentionLimit", "keeps no snapshot")


RULE = ResourceRule(
    name="redis_keeps_snapshots",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
