"""Every bucket keeps versions."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_VERSIONING
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket that keeps no versions."""
    versioning = stack.dependents(bucket, BUCKET_VERSIONING, "bucket")
    if not versioning:
        yield bucket.problem("", "keeps no versions")
    for each in versioning:
        if each.value("versioningConfiguration.status", "") != "Enabled":
            yield each.problem("versioningConfiguration.status", "is not Enabled")


RULE = StackRule(
    name="bucket_versioned",
    applies_to=(BUCKET,),
    check=check,
)
