"""Requests to every bucket are logged."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_LOGGING
from policies.rules.buckets import told
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket whose requests are not logged."""
    if not told(bucket, BUCKET_LOGGING, "bucket", stack):
        yield bucket.problem("", "does not log who reads it")


RULE = StackRule(
    name="bucket_logs_access",
    applies_to=(BUCKET,),
    check=check,
)
