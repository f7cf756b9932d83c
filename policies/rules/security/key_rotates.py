"""Keys rotate every year."""

from collections.abc import Iterator

from policies.rules.aws_types import KEY
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(key: Resource) -> Iterator[Problem]:
    """Find a symmetric key that does not rotate; KMS rotates no others."""
    symmetric = key.value("customerMasterKeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT"
    if symmetric and not key.value("enableKeyRotation", default=False):
        yield key.problem("enableKeyRotation", "is not on")


RULE = ResourceRule(
    name="key_rotates",
    applies_to=(KEY,),
    check=check,
)
