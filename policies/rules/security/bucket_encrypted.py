"""Every bucket is encrypted by a key of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_ENCRYPTION, KEY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket that is not encrypted by a KMS key of the stack with a bucket key, which saves most of KMS's calls."""
    configurations = stack.dependents(bucket, BUCKET_ENCRYPTION, "bucket")
    if not configurations:
        yield bucket.problem("", "is encrypted by S3's own key only")
    for configuration in configurations:
        for rule in configuration.items("rules"):
            by_kms = rule.value("applyServerSideEncryptionByDefault.sseAlgorithm") == "aws:kms"
            if not by_kms or not stack.sources(configuration, "rules", KEY):
                yield rule.problem("applyServerSideEncryptionByDefault", "names no key of the stack")
            elif not rule.value("bucketKeyEnabled", default=False):
                yield rule.problem("bucketKeyEnabled", "is not on")


RULE = StackRule(
    name="bucket_encrypted",
    applies_to=(BUCKET,),
    check=check,
)
