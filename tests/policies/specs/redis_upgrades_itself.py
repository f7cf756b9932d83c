from policies.rules.aws_types import REPLICATION_GROUP
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

REDIS = (REPLICATION_GROUP, "redis-group")
CASES = (
    Case(says="no upgrades", change={REDIS: {"autoMinorVersionUpgrade": False}}),
    Case(says="changes wait", change={REDIS: {"applyImmediately": False}}),
    Case(says="changes wait by default", change={REDIS: {"applyImmediately": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*REDIS, {"autoMinorVersionUpgrade": True, "applyImmediately": True}),),
    cases=CASES,
    also_compliant={"AWS's default": {REDIS: {"autoMinorVersionUpgrade": REMOVED}}},
    undecided=((REDIS, "autoMinorVersionUpgrade"), (REDIS, "applyImmediately")),
    mutations=CASES,
)
