from tests.policies.database import PRIMARY, PROMOTED, REPLICA, primary, promoted, replica
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

LAST = {"skipFinalSnapshot": False, "finalSnapshotIdentifier": "switchyard-prod-database-last"}
CASES = (
    Case(says="one call", change={PRIMARY: {"deletionProtection": False}}),
    Case(says="one call for a replica", change={REPLICA: {"deletionProtection": REMOVED}}),
    Case(says="no last snapshot", change={PRIMARY: {"skipFinalSnapshot": True}}),
    Case(says="a last snapshot without a name", change={PRIMARY: {"finalSnapshotIdentifier": REMOVED}}),
)

SPEC = Spec(
    compliant=(
        primary(deletionProtection=True, **LAST),
        replica(deletionProtection=True, skipFinalSnapshot=True),
        promoted(deletionProtection=False, tags={"retiring": "true"}, **LAST),
    ),
    cases=(
        *CASES,
        Case(says="no last snapshot of what is retiring", change={PROMOTED: {"skipFinalSnapshot": True}}),
        Case(says="one call for what is not retiring", change={PROMOTED: {"tags": REMOVED}}),
    ),
    undecided=((PRIMARY, "deletionProtection"), (PRIMARY, "skipFinalSnapshot"), (PROMOTED, "tags.retiring")),
    mutations=CASES,
)
