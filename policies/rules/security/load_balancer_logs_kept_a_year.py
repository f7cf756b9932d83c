"""A load balancer's logs are kept a year or more."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_LIFECYCLE, BUCKET_POLICY, LOAD_BALANCER
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

SHORTEST_DAYS = 365
"""As long as log groups (log_group_kept_a_year)."""


def check(lifecycle: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a lifecycle by which logs of a load balancer end sooner; without an end they are kept for ever."""
    if not any(_holds_logs(bucket, stack) for bucket in stack.sources(lifecycle, "bucket", BUCKET)):
        return
    for rule in lifecycle.items("rules"):
        if rule.value("expiration.days", SHORTEST_DAYS) < SHORTEST_DAYS:
            yield rule.problem("expiration.days", "is less than a year")
        if rule.has("expiration.date"):
            yield rule.problem("expiration.date", "ends all logs on one day")


def _holds_logs(bucket: Resource, stack: Stack) -> bool:
    """Tell whether a load balancer writes there: it names the bucket, most often by the policy that lets it write."""
    names = [bucket, *stack.dependents(bucket, BUCKET_POLICY, "bucket")]
    return any(stack.dependents(name, LOAD_BALANCER, path) for name in names for path in ("accessLogs", "connectionLogs"))


RULE = StackRule(
    name="load_balancer_logs_kept_a_year",
    applies_to=(BUCKET_LIFECYCLE,),
    check=check,
)
