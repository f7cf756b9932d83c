"""Redis delivers its slow log and its engine's log to CloudWatch."""

from collections.abc import Iterator

from components.redis_catalogue import LOGS
from policies.rules.aws_types import REPLICATION_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(group: Resource) -> Iterator[Problem]:
    """Find a group of which nobody can say afterwards what was slow, or what the engine did."""
    found = group.items("logDeliveryConfigurations")
    delivered = {each.value("logType") for each in found if each.value("destinationType") == "cloudwatch-logs"}
    if not delivered >= {*LOGS}:
        yield group.problem("logDeliveryConfigurations", "leave out the slow log or the engine's")


RULE = ResourceRule(
    name="redis_delivers_its_logs",
    applies_to=(REPLICATION_GROUP,),
    check=check,
)
