"""No bucket can be made public."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket that can be made public, by ACL or by policy."""
    blocks = stack.dependents(bucket, BUCKET_PUBLIC_ACCESS_BLOCK, "bucket")
    if not blocks:
        yield bucket.problem("", "has no public access block")
    for block in blocks:
        for flag in FLAGS:
            if not block.value(flag, default=False):
                yield block.problem(flag, "is not on")


RULE = StackRule(
    name="bucket_blocks_public_access",
    applies_to=(BUCKET,),
    check=check,
)
