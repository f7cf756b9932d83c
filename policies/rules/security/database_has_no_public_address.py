"""The database has no address that the internet routes."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance that AWS gives a public address, as it does by default where the VPC has a way to the internet."""
    if instance.value("publiclyAccessible", default=True):
        yield instance.problem("publiclyAccessible", "is on")


RULE = ResourceRule(
    name="database_has_no_public_address",
    applies_to=(DATABASE,),
    check=check,
)
