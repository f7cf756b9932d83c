from tests.policies.database import PRIMARY, REPLICA, RESTORED, primary, promoted, replica, restored
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

PINNED = {"autoMinorVersionUpgrade": False, "engineVersion": "17.11"}
ENDS = {"engineLifecycleSupport": "open-source-rds-extended-support-disabled"}
CASES = (
    Case(says="AWS's day", change={PRIMARY: {"autoMinorVersionUpgrade": True}}),
    Case(says="AWS's default", change={REPLICA: {"autoMinorVersionUpgrade": REMOVED}}),
    Case(says="a major version", change={PRIMARY: {"engineVersion": "17"}}),
    Case(says="no version", change={REPLICA: {"engineVersion": REMOVED}}),
    Case(says="paid support", change={PRIMARY: {"engineLifecycleSupport": "open-source-rds-extended-support"}}),
    Case(says="paid support by default", change={PRIMARY: {"engineLifecycleSupport": REMOVED}}),
)

SPEC = Spec(
    compliant=(primary(**PINNED, **ENDS), restored(**PINNED, **ENDS), replica(**PINNED), promoted(**PINNED)),
    cases=(*CASES, Case(says="paid support of what was restored", change={RESTORED: {"engineLifecycleSupport": REMOVED}})),
    undecided=((PRIMARY, "autoMinorVersionUpgrade"), (PRIMARY, "engineVersion"), (PRIMARY, "engineLifecycleSupport")),
    mutations=CASES,
)
