"""Redis answers over TLS only."""

from collections.abc import Iterator

from policies.rules.aws_types import REPLICATION_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(group: Resource) -> Iterator[Problem]:
    """Find a group that speaks in plain text, or lets its clients choose."""
    if not group.value("transitEncryptionEnabled", default=False):
        yield group.problem("transitEncryptionEnabled", "is not on")
    if group.value("transitEncryptionMode", "preferred") != "required":
        yield group.problem("transitEncryptionMode", "lets clients come without TLS")


RULE = ResourceRule(
    name="redis_encrypted_in_transit",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
