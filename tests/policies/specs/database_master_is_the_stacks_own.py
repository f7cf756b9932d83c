from policies.rules.aws_types import RANDOM_PASSWORD
from tests.policies.database import PRIMARY, PROMOTED, REPLICA, replica
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given, secret
from tests.policies.spec import Case, Spec

MADE = given(RANDOM_PASSWORD, "database-master", {})
CASES = (
    Case(says="PostgreSQL's own name", change={PRIMARY: {"username": "postgres"}}),
    Case(says="a typed password", change={PRIMARY: {"password": secret("typed"), "sources.password": []}}),
    Case(says="a password of another resource's", change={PRIMARY: {"sources.password": ELSEWHERE}}),
    Case(says="none", change={PRIMARY: {"password": REMOVED, "sources.password": []}}),
    Case(says="RDS's own", change={PRIMARY: {"manageMasterUserPassword": True}}),
    Case(says="a typed one that is written", change={PRIMARY: {"passwordWo": secret("typed")}}),
)

SPEC = Spec(
    compliant=(
        MADE,
        given(*PRIMARY, {"username": "switchyard", "password": secret(UNKNOWN)}, {"password": [MADE]}),
        given(*PROMOTED, {"password": secret(UNKNOWN)}, {"password": [MADE]}),
        replica(),
    ),
    cases=(*CASES, Case(says="a typed one at the promotion", change={PROMOTED: {"sources.password": []}})),
    also_compliant={
        "one that came along": {PROMOTED: {"password": REMOVED, "sources.password": []}},
        "one that is written": {
            PRIMARY: {"password": REMOVED, "sources.password": [], "passwordWo": secret(UNKNOWN), "sources.passwordWo": [MADE.urn]},
        },
        "managed by nobody": {REPLICA: {"manageMasterUserPassword": False}},
    },
    undecided=((PRIMARY, "username"),),
    mutations=CASES,
)
