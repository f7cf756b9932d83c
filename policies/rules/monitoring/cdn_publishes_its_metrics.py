"""The CDN publishes the metrics that its alarms read."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, METRICS_SUBSCRIPTION
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

STATUS = "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus"


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a distribution that does not tell how long its origins take: CloudWatch has that for who subscribes."""
    subscriptions = stack.dependents(distribution, METRICS_SUBSCRIPTION, "distributionId")
    if not subscriptions:
        yield distribution.problem("", "has no subscription to additional metrics")
    for subscription in subscriptions:
        if subscription.value(STATUS) != "Enabled":
            yield subscription.problem(STATUS, "is not on")


RULE = StackRule(
    name="cdn_publishes_its_metrics",
    applies_to=(DISTRIBUTION,),
    check=check,
)
