"""What a bucket holds is copied to a bucket of the stack in another region, as it comes and whole."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_REPLICATION, KEY, ROLE
from policies.rules.buckets import of, told
from policies.rules.layer import StackRule
from policies.rules.properties import Problem, Properties
from policies.rules.resource import Resource
from policies.rules.stack import Stack

ENCRYPTED = "sourceSelectionCriteria.sseKmsEncryptedObjects.status"


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket that is lost with its region, one of which a part is not copied, and a copy that goes where its source does."""
    copies = told(bucket, BUCKET_REPLICATION, "bucket", stack)
    if not copies:
        yield bucket.problem("", "is not copied to another region")
    for copy in copies:
        elsewhere = {each.urn for each in of(copy, "rules", stack) if each.value("region", None) != bucket.value("region", None)}
        if not elsewhere or not stack.sources(copy, "rules", KEY) or not stack.sources(copy, "role", ROLE):
            yield copy.problem("rules", "lead to no bucket of the stack in another region, by its key and a role of the stack")
        if not any(_whole(rule) for rule in copy.items("rules")):
            yield copy.problem("rules", "leave something out")
        if any(rule.value("deleteMarkerReplication.status", "Disabled") != "Disabled" for rule in copy.items("rules")):
            yield copy.problem("rules", "delete in the copy what is deleted")


def _whole(rule: Properties) -> bool:
    narrowed = rule.value("prefix", "") or any(rule.value("filter", {}).values())
    return rule.value("status") == "Enabled" and not narrowed and rule.value(ENCRYPTED, "Disabled") == "Enabled"


RULE = StackRule(
    name="bucket_copied_to_another_region",
    applies_to=(BUCKET,),
    check=check,
)
