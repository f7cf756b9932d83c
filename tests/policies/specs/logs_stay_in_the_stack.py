from policies.rules.aws_types import (
    BUCKET_LOGGING,
    BUCKET_POLICY,
    FLOW_LOG,
    LOAD_BALANCER,
    LOG_DELIVERY_DESTINATION,
    LOG_GROUP,
    REPLICATION_GROUP,
)
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

WRITTEN, RECORDS = given(BUCKET_POLICY, "lb-logs-policy", {}), given(LOG_GROUP, "flow-records", {})
BALANCER, FLOWS = (LOAD_BALANCER, "lb"), (FLOW_LOG, "flow-all")
READS, EDGE = (BUCKET_LOGGING, "site-logging"), (LOG_DELIVERY_DESTINATION, "cdn-logs-destination")
REDIS = (REPLICATION_GROUP, "redis-group")
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
        given(*FLOWS, {"logDestination": UNKNOWN}, {"logDestination": [RECORDS]}),
    ),
    cases=CASES,
    undecided=(),
    mutations=CASES,
)
