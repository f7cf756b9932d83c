"""Deleting one of these loses what cannot be made again: data, the key that reads it, records, or the address that users have."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, KEY, LOAD_BALANCER, LOG_GROUP, SECRET
from policies.rules.layer import ResourceRule, Severity
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    """Find a stateful resource that the engine may delete."""
    if not resource.options.protect:
        yield resource.problem("", "is not protected, so an update may delete it")


RULE = ResourceRule(
    name="stateful_things_protected",
    description="What holds state is protected against deletion in every stack.",
    severity=Severity.CRITICAL,
    applies_to=(KEY, BUCKET, SECRET, LOG_GROUP, LOAD_BALANCER),
    remedy="Give it pulumi.ResourceOptions(parent=self, protect=True) in its component.",
    controls=("KMS.3",),
    check=check,
)
