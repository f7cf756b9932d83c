"""A replica of Redis in another zone takes over by itself."""

from collections.abc import Iterator

from policies.rules.aws_types import REPLICATION_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

FEWEST_NODES = 2


def check(group: Resource) -> Iterator[Problem]:
    """Find a group whose primary nobody replaces, or whose nodes may all be lost with one zone."""
    for switch in ("automaticFailoverEnabled", "multiAzEnabled"):
        if not group.value(switch, default=False):
            yield group.problem(switch, "is not on")
    if group.value("numCacheClusters", 1) < FEWEST_NODES:
        yield group.problem("numCacheClusters", "leaves nobody to take over")


RULE = ResourceRule(
    name="redis_outlives_a_zone",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
