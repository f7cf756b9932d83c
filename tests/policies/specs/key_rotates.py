from policies.rules.aws_types import KEY
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

DATA = (KEY, "encryption-data")
CASES = (
    Case(says="off", change={DATA: {"enableKeyRotation": False}}),
    Case(says="AWS's default", change={DATA: {"enableKeyRotation": REMOVED}}),
)

SPEC = Spec(
    compliant=(given(*DATA, {"enableKeyRotation": True}),),
    cases=CASES,
    also_compliant={"a key that KMS cannot rotate": {DATA: {"customerMasterKeySpec": "RSA_2048", "enableKeyRotation": False}}},
    undecided=((DATA, "enableKeyRotation"),),
    mutations=CASES,
)
