from tests.policies.database import PRIMARY, REPLICA, primary, replica
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

WINDOWS = {"applyImmediately": False, "maintenanceWindow": "sun:05:00-sun:06:00", "backupWindow": "03:30-04:30"}
CASES = (
    Case(says="at once", change={PRIMARY: {"applyImmediately": True}}),
    Case(says="at once on a replica", change={REPLICA: {"applyImmediately": True}}),
    Case(says="AWS's day", change={PRIMARY: {"maintenanceWindow": REMOVED}}),
    Case(says="AWS's hour", change={PRIMARY: {"backupWindow": REMOVED}}),
)

SPEC = Spec(
    compliant=(primary(**WINDOWS), replica(**WINDOWS)),
    cases=CASES,
    undecided=((PRIMARY, "applyImmediately"),),
    mutations=CASES,
)
