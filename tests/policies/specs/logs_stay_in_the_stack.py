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
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

WRITTEN, RECORDS = given(BUCKET_POLICY, "lb-logs-policy", {}), given(LOG_GROUP, "flow-records", {})
BALANCER, FLOWS = (LOAD_BALANCER, "lb"), (FLOW_LOG, "flow-all")
READS, EDGE = (BUCKET_LOGGING, "site-logging"), (LOG_DELIVERY_DESTINATION, "cdn-logs-destination")
REDIS, EXPORTS = (REPLICATION_GROUP, "redis-group"), (STATE_MACHINE, "archive-export")
ON = {"enabled": True, "bucket": UNKNOWN}
CASES = (
    Case(says="requests", change={BALANCER: {"sources.accessLogs": ELSEWHERE}}),
    Case(says="connections", change={BALANCER: {"sources.connectionLogs": ELSEWHERE}}),
    Case(says="reads of the site", change={READS: {"sources.targetBucket": ELSEWHERE}}),
    Case(says="the edge's", change={EDGE: {"sources.deliveryDestinationConfiguration": ELSEWHERE}}),
    Case(says="those of Redis", change={REDIS: {"sources.logDeliveryConfigurations": ELSEWHERE}}),
    Case(says="the network's", change={FLOWS: {"sources.logDestination": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(
        WRITTEN,
        RECORDS,
        given(*BALANCER, {"accessLogs": ON, "connectionLogs": ON}, {"accessLogs": [WRITTEN], "connectionLogs": [WRITTEN]}),
        given(*READS, {"targetBucket": UNKNOWN}, {"targetBucket": [WRITTEN]}),
        given(
            *EDGE,
            {"deliveryDestinationConfiguration": {"destinationResourceArn": UNKNOWN}},
            {"deliveryDestinationConfiguration": [WRITTEN]},
        ),
        given(*REDIS, {"logDeliveryConfigurations": [{"destination": UNKNOWN}]}, {"logDeliveryConfigurations": [RECORDS]}),
        given(*EXPORTS, {"loggingConfiguration": {"level": "ERROR", "logDestination": UNKNOWN}}, {"loggingConfiguration": [RECORDS]}),
        given(*FLOWS, {"logDestination": UNKNOWN}, {"logDestination": [RECORDS]}),
    ),
    cases=(
        *CASES,
        Case(says="one of Redis's two", change={REDIS: {"logDeliveryConfigurations": [{"destination": UNKNOWN}] * 2}}),
        Case(says="a workflow's", change={EXPORTS: {"sources.loggingConfiguration": ELSEWHERE}}),
        Case(says="none of a workflow", change={EXPORTS: {"loggingConfiguration": REMOVED, "sources.loggingConfiguration": []}}),
        Case(says="a workflow's that are off", change={EXPORTS: {"loggingConfiguration.level": "OFF"}}),
    ),
    undecided=((EXPORTS, "loggingConfiguration.level"), (REDIS, "logDeliveryConfigurations")),
    mutations=CASES,
)
