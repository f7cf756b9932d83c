"""A target that leaves finishes its requests, in bounded time."""

from collections.abc import Iterator

from policies.rules.aws_types import TARGET_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

SHORTEST_SECONDS, LONGEST_SECONDS = 30, 3600
"""An instance may take 25 s to stop (components/boot), and settings leave 5 s beside them; AWS allows an hour."""


def check(target_group: Resource) -> Iterator[Problem]:
    """Find a target group that cuts requests off, or that drains without an end in sight."""
    if not SHORTEST_SECONDS <= target_group.value("deregistrationDelay", 300) <= LONGEST_SECONDS:
        yield target_group.problem("deregistrationDelay", "must be 30 seconds to an hour")
    if target_group.value("stickiness.enabled", default=False):
        yield target_group.problem("stickiness.enabled", "is on: stickiness belongs to the traffic rule")


RULE = ResourceRule(
    name="drain_time_bounded",
    applies_to=(TARGET_GROUP,),
    check=check,
)
