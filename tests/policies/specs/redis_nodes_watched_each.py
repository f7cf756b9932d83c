from components.redis_catalogue import NODE
from policies.rules.aws_types import ALARM, REPLICATION_GROUP
from tests.policies.given import ELSEWHERE, given
from tests.policies.spec import Case, Spec
from tests.policies.watched import inputs_of

REDIS = (REPLICATION_GROUP, "redis-group")
GROUP = given(*REDIS, {"numCacheClusters": 2})
ALARMS = [
    given(
        ALARM,
        f"redis-{number}-{signal.role}",
        inputs_of(NODE, signal, {"CacheClusterId": f"redis-00{number}", "CacheNodeId": "0001"}),
        {"dimensions": [GROUP]},
    )
    for number in (1, 2)
    for signal in NODE.signals
]
LAGS, EVICTS = (ALARM, "redis-2-lags"), (ALARM, "redis-1-evicts")

SPEC = Spec(
    compliant=(GROUP, *ALARMS),
    cases=(
        Case(says="a node whose lag nobody sees", drop=[LAGS], fires_on=[REDIS]),
        Case(says="an alarm on something else", change={EVICTS: {"sources.dimensions": ELSEWHERE}}, fires_on=[REDIS]),
        Case(says="an alarm on another metric", change={EVICTS: {"metricName": "CacheHits"}}, fires_on=[REDIS]),
        Case(says="one node more", change={REDIS: {"numCacheClusters": 3}}),
    ),
    undecided=((REDIS, "numCacheClusters"), (EVICTS, "metricName"), (EVICTS, "namespace")),
    mutations=(
        Case(says="a node whose lag nobody sees", drop=[LAGS], fires_on=[REDIS]),
        Case(says="more nodes than alarms", change={REDIS: {"numCacheClusters": 6}}),
    ),
)
