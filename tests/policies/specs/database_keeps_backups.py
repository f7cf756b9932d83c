from tests.policies.database import PRIMARY, PROMOTED, REPLICA, primary, promoted, replica
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

KEPT = {"deleteAutomatedBackups": False, "copyTagsToSnapshot": True}
CASES = (
    Case(says="none, so that nothing can follow it", change={PRIMARY: {"backupRetentionPeriod": 0}}),
    Case(says="less than a week", change={PRIMARY: {"backupRetentionPeriod": 6}}),
    Case(says="backups that go with it", change={PRIMARY: {"deleteAutomatedBackups": True}}),
    Case(says="AWS's default", change={PRIMARY: {"deleteAutomatedBackups": REMOVED}}),
    Case(says="snapshots without tags", change={REPLICA: {"copyTagsToSnapshot": False}}),
)

SPEC = Spec(
    compliant=(
        primary(backupRetentionPeriod=35, **KEPT),
        replica(backupRetentionPeriod=0, **KEPT),
        promoted(backupRetentionPeriod=7, **KEPT),
    ),
    cases=(
        *CASES,
        Case(says="none of its own once promoted", change={REPLICA: {"replicateSourceDb": REMOVED}}),
        Case(says="few of its own once promoted", change={PROMOTED: {"backupRetentionPeriod": 1}}),
    ),
    also_compliant={"a replica with backups of its own": {REPLICA: {"backupRetentionPeriod": 1}}},
    undecided=((PRIMARY, "backupRetentionPeriod"), (REPLICA, "deleteAutomatedBackups"), (PROMOTED, "copyTagsToSnapshot")),
    mutations=CASES,
)
