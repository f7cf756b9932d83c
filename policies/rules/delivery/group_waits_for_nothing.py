"""The engine does not wait for instances, and a new one has time to boot."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(group: Resource) -> Iterator[Problem]:
    """Find a group on whose instances the engine would wait, and one that does not protect a boot from its first health checks."""
    if group.value("waitForCapacityTimeout", "10m") != "0":
        yield group.problem("waitForCapacityTimeout", 'must be "0"')
    if group.value("forceDelete", default=False):
        yield group.problem("forceDelete", "is on, so instances are not drained when the group goes")
    for path in ("healthCheckGracePeriod", "defaultInstanceWarmup"):
        if not group.has(path):
            yield group.problem(path, "is not set")


RULE = ResourceRule(
    name="group_waits_for_nothing",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
