"""Nothing on the way of a request goes before its replacement is there."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, LAUNCH_TEMPLATE, LISTENER, LOAD_BALANCER, TARGET_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    """Find a resource on the way of a request that the engine would delete before it makes the new one."""
    if resource.options.delete_before_replace:
        yield resource.problem("", "is deleted before its replacement is made")


RULE = ResourceRule(
    name="nothing_goes_before_its_successor",
    applies_to=(AUTO_SCALING_GROUP, LAUNCH_TEMPLATE, LISTENER, LOAD_BALANCER, TARGET_GROUP),
    check=check,
)
