"""Old versions and broken uploads leave every bucket after a time."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_LIFECYCLE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem, Properties
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket without a rule that is in force for all of it, and one that keeps old versions or broken uploads for ever."""
    configurations = stack.dependents(bucket, BUCKET_LIFECYCLE, "bucket")
    if not configurations:
        yield bucket.problem("", "has no lifecycle configuration")
    for configuration in configurations:
        rules = [rule for rule in configuration.items("rules") if rule.value("status") == "Enabled" and not _narrowed(rule)]
        if not any(rule.has("noncurrentVersionExpiration.noncurrentDays") for rule in rules):
            yield configuration.problem("rules", "keep old versions for ever")
        if not any(rule.has("abortIncompleteMultipartUpload.daysAfterInitiation") for rule in rules):
            yield configuration.problem("rules", "keep broken uploads for ever")


def _narrowed(rule: Properties) -> bool:
    """Tell whether a rule is for some objects only; an empty prefix is every object's."""
    return bool(rule.value("prefix", "")) or any(rule.value("filter", {}).values())


RULE = StackRule(
    name="bucket_has_lifecycle",
    applies_to=(BUCKET,),
    check=check,
)
