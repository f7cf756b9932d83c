"""CloudWatch may publish to every topic, and use its key."""

from collections.abc import Iterable, Iterator

from policies.rules.aws_types import KEY, TOPIC, TOPIC_POLICY
from policies.rules.documents import Statement, statements
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

CLOUDWATCH = "cloudwatch.amazonaws.com"
KEY_ACTIONS = frozenset({"kms:decrypt", "kms:generatedatakey*"})
"""What CloudWatch calls for each message to an encrypted topic; AWS's own key for SNS does not let it."""


def check(topic: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a topic at which every alarm would fail in silence."""
    policies = stack.dependents(topic, TOPIC_POLICY, "arn")
    if not {"sns:publish"} <= _allowed(each for policy in policies for each in statements(policy, "policy")):
        yield topic.problem("", "has no policy that lets CloudWatch publish to it")
    keys = stack.sources(topic, "kmsMasterKeyId", KEY)
    if keys and not _allowed(each for key in keys for each in statements(key, "policy")) >= KEY_ACTIONS:
        yield topic.problem("kmsMasterKeyId", "is a key that CloudWatch may not use")


def _allowed(found: Iterable[Statement]) -> frozenset[str]:
    """The actions that statements allow CloudWatch."""
    return frozenset().union(*(each.actions for each in found if each.allows and CLOUDWATCH in each.principals.get("Service", ())))


RULE = StackRule(
    name="topic_takes_alarms",
    applies_to=(TOPIC,),
    check=check,
)
