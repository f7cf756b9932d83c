from policies.rules.aws_types import REPLICATION_GROUP
from tests.policies.given import UNKNOWN, given
from tests.policies.spec import Case, Spec

REDIS = (REPLICATION_GROUP, "redis-group")
TO = {"logFormat": "json", "destinationType": "cloudwatch-logs", "destination": UNKNOWN}
LOGS = [{"logType": log, **TO} for log in ("slow-log", "engine-log")]
CASES = (
    Case(says="no slow log", change={REDIS: {"logDeliveryConfigurations": lambda logs: logs[1:]}}),
    Case(says="no log of the engine", change={REDIS: {"logDeliveryConfigurations": lambda logs: logs[:1]}}),
    Case(says="the same log twice", change={REDIS: {"logDeliveryConfigurations[1].logType": "slow-log"}}),
    Case(says="into a stream", change={REDIS: {"logDeliveryConfigurations[0].destinationType": "kinesis-firehose"}}),
)

SPEC = Spec(
    compliant=(given(*REDIS, {"logDeliveryConfigurations": LOGS}),),
    cases=(*CASES, Case(says="none", change={REDIS: {"logDeliveryConfigurations": []}})),
    undecided=(
        (REDIS, "logDeliveryConfigurations"),
        (REDIS, "logDeliveryConfigurations[0].logType"),
        (REDIS, "logDeliveryConfigurations[0].destinationType"),
    ),
    mutations=CASES,
)
