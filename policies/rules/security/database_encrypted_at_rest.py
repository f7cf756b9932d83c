"""The database keeps nothing on disk, in a snapshot or in the record of its load that is not encrypted by a key of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, KEY
from policies.rules.databases import begins_empty, follows
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(instance: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an instance that is not encrypted, or by AWS's own key; what is made of another one names no key, and has that one's."""
    if not instance.value("storageEncrypted", default=False):
        yield instance.problem("storageEncrypted", "is not on")
    named = instance.has("kmsKeyId")
    if (named or begins_empty(instance)) and not stack.sources(instance, "kmsKeyId", KEY):
        yield instance.problem("kmsKeyId", "is no key of the stack")
    if follows(instance) and not named and not stack.sources(instance, "replicateSourceDb", DATABASE):
        yield instance.problem("replicateSourceDb", "is no database of the stack, and neither is its key")
    if not stack.sources(instance, "performanceInsightsKmsKeyId", KEY):
        yield instance.problem("performanceInsightsKmsKeyId", "is no key of the stack")


RULE = StackRule(
    name="database_encrypted_at_rest",
    applies_to=(DATABASE,),
    check=check,
)
