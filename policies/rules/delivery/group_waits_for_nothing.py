"""The engine does not wait for instances, and a new one has time to boot."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

TIMES = {"healthCheckGracePeriod": (300, 3600), "defaultInstanceWarmup": (30, 900)}
"""Seconds: sooner a boot counts as sick or as idle, and is ended or counted on; later what never serves is replaced by nobody."""


def check(group: Resource) -> Iterator[Problem]:
    """Find a group on whose instances the engine would wait, and one that gives a boot no time, or no end."""
    if group.value("waitForCapacityTimeout", "10m") != "0":
        yield group.problem("waitForCapacityTimeout", 'must be "0"')
    if group.value("forceDelete", default=False):
        yield group.problem("forceDelete", "is on, so instances are not drained when the group goes")
    for path, (shortest, longest) in TIMES.items():
        if not shortest <= group.value(path) <= longest:
            yield group.problem(path, "is too short for a boot, or too long for one that fails")


RULE = ResourceRule(
    name="group_waits_for_nothing",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
