from tests.policies.database import PRIMARY, PROXY, REPLICA, primary, replica
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

SWITCH = "iamDatabaseAuthenticationEnabled"
CASES = (
    Case(says="passwords alone", change={PRIMARY: {SWITCH: False}}),
    Case(says="passwords alone for readers", change={REPLICA: {SWITCH: REMOVED}}),
    Case(says="a proxy with a password", change={PROXY: {"auths": [{"authScheme": "SECRETS", "iamAuth": "REQUIRED"}]}}),
    Case(says="a proxy that takes passwords", change={PROXY: {"defaultAuthScheme": "NONE"}}),
    Case(says="a proxy that says nothing", change={PROXY: {"defaultAuthScheme": REMOVED}}),
)

SPEC = Spec(
    compliant=(primary(**{SWITCH: True}), replica(**{SWITCH: True}), given(*PROXY, {"defaultAuthScheme": "IAM_AUTH"})),
    cases=CASES,
    undecided=((PRIMARY, SWITCH), (PROXY, "defaultAuthScheme")),
    mutations=CASES,
)
