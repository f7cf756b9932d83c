from components.catalogue import GROUP, LOAD_BALANCER, NAT_GATEWAY, TARGET_GROUP, TOPIC
from components.database_catalogue import DATABASE, PROXY
from components.edge_catalogue import CERTIFICATE, DISTRIBUTION, FUNCTION, HEALTH_CHECK
from policies.rules.aws_types import ALARM
from tests.policies.given import ELSEWHERE, given
from tests.policies.spec import Case, Spec
from tests.policies.watched import alarms, resources

WATCHED = resources()
FLEET = given(
    GROUP.type,
    "watched",
    {"minSize": 2, "tags": []},
    {"targetGroupArns": [WATCHED[TARGET_GROUP.type]]},
    outputs=WATCHED[GROUP.type].outputs,
)
WATCHED[GROUP.type] = FLEET
SICK, FEW, SHORT = ((ALARM, f"{kind.type}-{role}") for kind, role in ((TARGET_GROUP, "sick"), (TARGET_GROUP, "few"), (GROUP, "short")))
AWAY = (ALARM, f"{HEALTH_CHECK.type}-away")
COLD = {"tags": [{"key": "restore-minutes", "value": "15", "propagateAtLaunch": False}]}

SPEC = Spec(
    compliant=(*WATCHED.values(), *alarms(WATCHED)),
    cases=(
        Case(says="no alarm", drop=[SICK], fires_on=[(TARGET_GROUP.type, "watched")]),
        Case(says="an alarm on another metric", change={SICK: {"metricName": "RequestCount"}}, fires_on=[(TARGET_GROUP.type, "watched")]),
        Case(
            says="an alarm in another namespace", change={SICK: {"namespace": "AWS/NetworkELB"}}, fires_on=[(TARGET_GROUP.type, "watched")]
        ),
        Case(
            says="an alarm on another resource", change={SICK: {"sources.dimensions": ELSEWHERE}}, fires_on=[(TARGET_GROUP.type, "watched")]
        ),
        Case(says="a dimension too few", change={SICK: {"dimensions": {"TargetGroup": "a"}}}, fires_on=[(TARGET_GROUP.type, "watched")]),
        Case(says="nobody counts the targets", drop=[FEW], fires_on=[(TARGET_GROUP.type, "watched")]),
        Case(
            says="nobody watches how far a replica is behind",
            change={(DATABASE.type, "watched"): {"replicateSourceDb": "database"}},
            drop=[(ALARM, f"{DATABASE.type}-db-lag")],
            fires_on=[(DATABASE.type, "watched")],
        ),
        Case(says="nobody counts the instances", drop=[SHORT], fires_on=[(GROUP.type, "watched")]),
    ),
    also_compliant={
        "no alarm on what rests": {(HEALTH_CHECK.type, "watched"): {"disabled": True}, AWAY: {"sources.dimensions": []}},
        "no lag of what follows nothing": {(ALARM, f"{DATABASE.type}-db-lag"): {"sources.dimensions": []}},
        "no count of what may be empty": {FLEET.key: COLD, FEW: {"sources.dimensions": []}, SHORT: {"sources.dimensions": []}},
    },
    undecided=((SICK, "metricName"), (SICK, "namespace"), (SICK, "dimensions")),
    mutations=(
        Case(says="nobody counts a color's targets", drop=[(ALARM, "api-blue-few")], fires_on=[(TARGET_GROUP.type, "api-blue")]),
        Case(says="nobody watches answers", drop=[(ALARM, "web-green-slow")], fires_on=[(TARGET_GROUP.type, "web-green")]),
        Case(says="nobody counts instances", drop=[(ALARM, "api-green-short")], fires_on=[(GROUP.type, "api-green-group")]),
        Case(says="nobody watches the load balancer", drop=[(ALARM, "lb-rejected")], fires_on=[(LOAD_BALANCER.type, "lb")]),
        Case(says="nobody watches a NAT gateway", drop=[(ALARM, "nat-a-full")], fires_on=[(NAT_GATEWAY.type, "network-nat-a")]),
        Case(says="nobody watches the certificate", drop=[(ALARM, "certificate-ends")], fires_on=[(CERTIFICATE.type, "certificate")]),
        Case(says="nobody watches the CDN's errors", drop=[(ALARM, "cdn-5xx-rate")], fires_on=[(DISTRIBUTION.type, "cdn")]),
        Case(says="nobody watches the gate", drop=[(ALARM, "routing-service-fails")], fires_on=[(FUNCTION.type, "routing-service")]),
        Case(says="nobody watches the disk", drop=[(ALARM, "database-db-storage")], fires_on=[(DATABASE.type, "database")]),
        Case(says="nobody watches the lag", drop=[(ALARM, "replica-r1-db-lag")], fires_on=[(DATABASE.type, "replica-r1")]),
        Case(says="nobody watches the pool", drop=[(ALARM, "database-proxy-pool-waits")], fires_on=[(PROXY.type, "database-proxy")]),
        Case(says="nobody watches the topic", drop=[(ALARM, "topics-page-undelivered")], fires_on=[(TOPIC.type, "topics-page")]),
    ),
)
