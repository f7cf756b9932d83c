"""Redis keeps nothing on disk or in a snapshot that is not encrypted by a key of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import KEY, REPLICATION_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group without encryption, AWS's default for the engine `redis`, or by AWS's own key."""
    if not group.value("atRestEncryptionEnabled", default=False):
        yield group.problem("atRestEncryptionEnabled", "is not on")
    if not stack.sources(group, "kmsKeyId", KEY):
        yield group.problem("kmsKeyId", "is no key of the stack")


RULE = StackRule(
    name="redis_encrypted_at_rest",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
