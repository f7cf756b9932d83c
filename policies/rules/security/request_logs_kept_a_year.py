"""Logs of requests are kept a year or more."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_LIFECYCLE
from policies.rules.buckets import told
from policies.rules.layer import StackRule
from policies.rules.monitoring.logs_stay_in_the_stack import DESTINATIONS
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

SHORTEST_DAYS = 365
"""As long as log groups (log_group_kept_a_year)."""


def check(lifecycle: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a lifecycle by which a record of requests ends sooner; without an end they are kept for ever."""
    if not any(_holds_logs(bucket, stack) for bucket in stack.sources(lifecycle, "bucket", BUCKET)):
        return
    for rule in lifecycle.items("rules"):
        if rule.value("expiration.days", SHORTEST_DAYS) < SHORTEST_DAYS:
            yield rule.problem("expiration.days", "is less than a year")
        if rule.has("expiration.date"):
            yield rule.problem("expiration.date", "ends all logs on one day")


def _holds_logs(bucket: Resource, stack: Stack) -> bool:
    """Tell whether a record of requests is written there."""
    return any(told(bucket, kind, path, stack) for kind, paths in DESTINATIONS.items() for path in paths)


RULE = StackRule(
    name="request_logs_kept_a_year",
    applies_to=(BUCKET_LIFECYCLE,),
    check=check,
)
