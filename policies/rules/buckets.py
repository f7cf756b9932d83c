"""How the rules find what belongs to a bucket: it is named by the bucket, or by what must be in place before others may name it."""

from collections.abc import Sequence

from policies.rules.aws_types import BUCKET, BUCKET_POLICY, BUCKET_VERSIONING
from policies.rules.resource import Resource
from policies.rules.stack import Stack

NAMED_BY = (BUCKET_POLICY, BUCKET_VERSIONING)
"""What hands a bucket's name on: its policy to who writes there, its versions to who copies."""


def told(bucket: Resource, kind: str, path: str, stack: Stack) -> Sequence[Resource]:
    """Return the resources of a type that name the bucket at a path."""
    names = [bucket, *(each for by in NAMED_BY for each in stack.dependents(bucket, by, "bucket"))]
    return [each for name in names for each in stack.dependents(name, kind, path)]


def of(resource: Resource, path: str, stack: Stack) -> Sequence[Resource]:
    """Return the buckets that a resource names at a path."""
    between = [each for by in NAMED_BY for each in stack.sources(resource, path, by)]
    return [*stack.sources(resource, path, BUCKET), *(bucket for each in between for bucket in stack.sources(each, "bucket", BUCKET))]
