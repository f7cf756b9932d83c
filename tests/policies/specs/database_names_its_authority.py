from tests.policies.database import PRIMARY, REPLICA, primary, replica
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

CASES = (
    Case(says="one that has ended", change={PRIMARY: {"caCertIdentifier": "rds-ca-2019"}}),
    Case(says="AWS's choice", change={REPLICA: {"caCertIdentifier": REMOVED}}),
)

SPEC = Spec(
    compliant=(primary(caCertIdentifier="rds-ca-rsa2048-g1"), replica(caCertIdentifier="rds-ca-ecc384-g1")),
    cases=CASES,
    undecided=((PRIMARY, "caCertIdentifier"),),
    mutations=CASES,
)
