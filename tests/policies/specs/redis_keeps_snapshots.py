from policies.rules.aws_types import REPLICATION_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

REDIS = (REPLICATION_GROUP, "redis-group")
CASES = (
    Case(says="no snapshots", change={REDIS: {"snapshotRetentionLimit": 0}}),
    Case(says="AWS's default", change={REDIS: {"snapshotRetentionLimit": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*REDIS, {"snapshotRetentionLimit": 1}),),
    cases=CASES,
    undecided=((REDIS, "snapshotRetentionLimit"),),
    mutations=CASES,
)
