"""Every fleet grows by itself when it is busy."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, SCALING_POLICY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group that no policy scales by a target."""
    policies = stack.dependents(group, SCALING_POLICY, "autoscalingGroupName")
    if not any(policy.has("targetTrackingConfiguration") for policy in policies):
        yield group.problem("", "has no scaling policy that tracks a target")


RULE = StackRule(
    name="group_grows_with_load",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
