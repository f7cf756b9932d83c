"""The database's storage grows by itself, up to a limit."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance that stops taking writes once its volume is full."""
    if instance.value("maxAllocatedStorage", 0) <= instance.value("allocatedStorage", 0):
        yield instance.problem("maxAllocatedStorage", "leaves nothing to grow by")


RULE = ResourceRule(
    name="database_storage_grows",
    applies_to=(DATABASE,),
    check=check,
)
