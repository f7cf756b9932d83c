"""Redis gets its engine's minor versions, and changes do not wait unseen."""

from collections.abc import Iterator

from policies.rules.aws_types import REPLICATION_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(group: Resource) -> Iterator[Problem]:
    """Find a group that stays at a version with known faults, or whose config is not what runs."""
    if not group.value("autoMinorVersionUpgrade", default=True):
        yield group.problem("autoMinorVersionUpgrade", "is off")
    if not group.value("applyImmediately", default=False):
        yield group.problem("applyImmediately", "is not on, so that changes wait for the maintenance window")


RULE = ResourceRule(
    name="redis_upgrades_itself",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
