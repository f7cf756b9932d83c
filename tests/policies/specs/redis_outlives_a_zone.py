from policies.rules.aws_types import REPLICATION_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

REDIS = (REPLICATION_GROUP, "redis-group")
CASES = (
    Case(says="nobody takes over", change={REDIS: {"automaticFailoverEnabled": False}}),
    Case(says="nobody takes over by default", change={REDIS: {"automaticFailoverEnabled": REMOVED}}),
    Case(says="all in one zone", change={REDIS: {"multiAzEnabled": False}}),
    Case(says="one node", change={REDIS: {"numCacheClusters": 1}}),
    Case(says="one node by default", change={REDIS: {"numCacheClusters": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*REDIS, {"automaticFailoverEnabled": True, "multiAzEnabled": True, "numCacheClusters": 2}),),
    cases=CASES,
    undecided=((REDIS, "automaticFailoverEnabled"), (REDIS, "multiAzEnabled"), (REDIS, "numCacheClusters")),
    mutations=[case for case in CASES if "node" not in case.says],
)
