"""A group launches by a role of the stack that may use its disks' key."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, KEY, LAUNCH_TEMPLATE, SERVICE_LINKED_ROLE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group that launches by a role which the policy of its disks' key does not name: what it launches ends at once."""
    roles = {role.urn for role in stack.sources(group, "serviceLinkedRoleArn", SERVICE_LINKED_ROLE)}
    if not roles:
        yield group.problem("serviceLinkedRoleArn", "is no role of the stack")
    for template in stack.sources(group, "mixedInstancesPolicy", LAUNCH_TEMPLATE):
        for key in stack.sources(template, "blockDeviceMappings", KEY):
            if not roles <= {role.urn for role in stack.sources(key, "policy", SERVICE_LINKED_ROLE)}:
                yield key.problem("policy", "does not name the role by which a group launches")


RULE = StackRule(
    name="group_may_use_its_disks_key",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
