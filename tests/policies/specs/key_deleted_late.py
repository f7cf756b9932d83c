from policies.rules.aws_types import KEY
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

DATA = (KEY, "encryption-data")
CASES = (
    Case(says="gone within a week", change={DATA: {"deletionWindowInDays": 7}}),
    Case(says="made switched off", change={DATA: {"isEnabled": False}}),
)

SPEC = Spec(
    compliant=(given(*DATA, {"deletionWindowInDays": 30}),),
    cases=CASES,
    also_compliant={"AWS's default, which is as long": {DATA: {"deletionWindowInDays": REMOVED}}},
    undecided=((DATA, "deletionWindowInDays"),),
    mutations=CASES,
)
