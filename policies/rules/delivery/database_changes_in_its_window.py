"""What interrupts the database waits for its maintenance window, which config names."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance that restarts in the middle of an update, or at a time of AWS's choice."""
    if instance.value("applyImmediately", default=False):
        yield instance.problem("applyImmediately", "is on, so that an update interrupts it")
    for window in ("maintenanceWindow", "backupWindow"):
        if not instance.has(window):
            yield instance.problem(window, "is left to AWS")


RULE = ResourceRule(
    name="database_changes_in_its_window",
    applies_to=(DATABASE,),
    check=check,
)
