"""A topic is encrypted by a key of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import KEY, TOPIC
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(topic: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a topic without a key, and one with a key from elsewhere: AWS's own may not be used by CloudWatch."""
    if not stack.sources(topic, "kmsMasterKeyId", KEY):
        yield topic.problem("kmsMasterKeyId", "is no key of the stack")


RULE = StackRule(
    name="topic_encrypted",
    applies_to=(TOPIC,),
    check=check,
)
