"""What the CDN is asked is logged, and no secret with it."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, LOG_DELIVERY, LOG_DELIVERY_DESTINATION, LOG_DELIVERY_SOURCE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

SECRET = frozenset({"cs(Cookie)", "cs-uri-query", "cs(Referer)"})
"""Fields that may hold a session, a token or a password."""
NEEDED = frozenset({"timestamp(ms)", "c-ip", "cs-method", "cs-uri-stem", "sc-status"})
"""Who has asked for what, when, and how it went."""


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a distribution whose requests nobody can look up afterwards, and a log that would be worth stealing."""
    if distribution.has("loggingConfig"):
        yield distribution.problem("loggingConfig", "is a log whose fields cannot be chosen")
    sources = [
        each for each in stack.dependents(distribution, LOG_DELIVERY_SOURCE, "resourceArn") if each.value("logType") == "ACCESS_LOGS"
    ]
    deliveries = [each for source in sources for each in stack.dependents(source, LOG_DELIVERY, "deliverySourceName")]
    if not deliveries:
        yield distribution.problem("", "has no access log")
    for delivery in deliveries:
        fields = set(delivery.value("recordFields"))
        if fields & SECRET:
            yield delivery.problem("recordFields", "hold what may be secret")
        if not fields >= NEEDED:
            yield delivery.problem("recordFields", "do not tell who has asked for what")
        if not stack.sources(delivery, "deliveryDestinationArn", LOG_DELIVERY_DESTINATION):
            yield delivery.problem("deliveryDestinationArn", "is nothing of the stack")


RULE = StackRule(
    name="cdn_logged_without_secrets",
    applies_to=(DISTRIBUTION,),
    check=check,
)
