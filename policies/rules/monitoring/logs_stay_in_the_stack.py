"""Records go to log groups and buckets of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import (
    BUCKET_LOGGING,
    BUCKET_POLICY,
    FLOW_LOG,
    LOAD_BALANCER,
    LOG_DELIVERY_DESTINATION,
    LOG_GROUP,
    REPLICATION_GROUP,
    STATE_MACHINE,
)
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

SEVERAL = "logDeliveryConfigurations"
"""A list of logs, each of which has a group of its own."""
DESTINATIONS = {
    BUCKET_LOGGING: ("targetBucket",),
    FLOW_LOG: ("logDestination",),
    LOAD_BALANCER: ("accessLogs", "connectionLogs"),
    LOG_DELIVERY_DESTINATION: ("deliveryDestinationConfiguration",),
    REPLICATION_GROUP: (SEVERAL,),
    STATE_MACHINE: ("loggingConfiguration",),
}


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find records that are written where no rule of this stack holds, and a workflow that keeps none."""
    for path in DESTINATIONS[resource.type]:
        own = [*stack.sources(resource, path, LOG_GROUP), *stack.sources(resource, path, BUCKET_POLICY)]
        logs = len(resource.items(path)) if path == SEVERAL else 1
        if (resource.has(path) or resource.type == STATE_MACHINE) and len(own) < logs:
            yield resource.problem(path, "is nothing of the stack")
    if resource.type == STATE_MACHINE and resource.value("loggingConfiguration.level", "OFF") == "OFF":
        yield resource.problem("loggingConfiguration.level", "leaves nothing of what has failed")


RULE = StackRule(
    name="logs_stay_in_the_stack",
    applies_to=tuple(DESTINATIONS),
    check=check,
)
