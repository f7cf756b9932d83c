"""A bucket's owner owns every object in it, and ACLs are off."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_OWNERSHIP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket whose objects can have owners and ACLs of their own."""
    controls = stack.dependents(bucket, BUCKET_OWNERSHIP, "bucket")
    if not controls:
        yield bucket.problem("", "has no ownership controls")
    for control in controls:
        if control.value("rule.objectOwnership", "") != "BucketOwnerEnforced":
            yield control.problem("rule.objectOwnership", "must be BucketOwnerEnforced, which turns ACLs off")


RULE = StackRule(
    name="bucket_owner_enforced",
    applies_to=(BUCKET,),
    check=check,
)
