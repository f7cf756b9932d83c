"""Log groups are encrypted by a key of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import KEY, LOG_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a log group that no key of the stack encrypts."""
    if not stack.sources(group, "kmsKeyId", KEY):
        yield group.problem("kmsKeyId", "is no key of the stack")


RULE = StackRule(
    name="log_group_encrypted",
    applies_to=(LOG_GROUP,),
    check=check,
)
