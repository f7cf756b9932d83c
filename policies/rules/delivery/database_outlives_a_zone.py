"""A standby in another zone takes over from a database that takes writes."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.databases import follows
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance that is lost with its zone; a replica is read from, and its source has the standby."""
    if not follows(instance) and not instance.value("multiAz", default=False):
        yield instance.problem("multiAz", "is not on")


RULE = ResourceRule(
    name="database_outlives_a_zone",
    applies_to=(DATABASE,),
    check=check,
)
