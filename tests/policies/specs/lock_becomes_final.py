from policies.rules.aws_types import VAULT_LOCK
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

LOCK = (VAULT_LOCK, "backups-lock")
CASES = (
    Case(says="a lock that can be taken off", change={LOCK: {"changeableForDays": REMOVED}}),
    Case(says="one that becomes final next year", change={LOCK: {"changeableForDays": 365}}),
)

SPEC = Spec(
    compliant=(given(*LOCK, {"changeableForDays": 14}),),
    cases=CASES,
    undecided=((LOCK, "changeableForDays"),),
    mutations=CASES,
)
