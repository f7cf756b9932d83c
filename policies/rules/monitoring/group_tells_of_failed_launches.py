"""Somebody is told when a fleet cannot launch or end an instance."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, NOTIFICATION, TOPIC_POLICY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FAILURES = frozenset({"autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE_ERROR"})


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group that tells nobody here when an instance cannot be launched or ended."""
    told = [each for each in stack.dependents(group, NOTIFICATION, "groupNames") if set(each.value("notifications")) >= FAILURES]
    if not any(stack.sources(each, "topicArn", TOPIC_POLICY) for each in told):
        yield group.problem("", "tells no topic of the stack of launches that fail")


RULE = StackRule(
    name="group_tells_of_failed_launches",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
