from tests.policies.database import PRIMARY, PROMOTED, primary, promoted, replica
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

CASES = (
    Case(says="no standby", change={PRIMARY: {"multiAz": False}}),
    Case(says="AWS's default", change={PRIMARY: {"multiAz": REMOVED}}),
)

SPEC = Spec(
    compliant=(primary(multiAz=True), promoted(multiAz=True), replica(multiAz=False)),
    cases=(*CASES, Case(says="no standby once promoted", change={PROMOTED: {"multiAz": False}})),
    undecided=((PRIMARY, "multiAz"),),
    mutations=CASES,
)
