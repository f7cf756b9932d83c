"""Somebody listens to every topic."""

from collections.abc import Iterator

from policies.rules.aws_types import TOPIC, TOPIC_SUBSCRIPTION
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(topic: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a topic that nobody listens to."""
    if not stack.dependents(topic, TOPIC_SUBSCRIPTION, "topic"):
        yield topic.problem("", "has no subscriber")


RULE = StackRule(
    name="topic_has_subscriber",
    applies_to=(TOPIC,),
    check=check,
)
