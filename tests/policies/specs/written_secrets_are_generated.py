from policies.rules.aws_types import RANDOM_PASSWORD, SECRET_VERSION
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given, secret
from tests.policies.spec import Case, Spec

MADE = given(RANDOM_PASSWORD, "redis-users-odd", {})
VERSION = (SECRET_VERSION, "redis-password")
CASES = (
    Case(says="a value of the program's", change={VERSION: {"secretString": secret("typed"), "sources.secretString": []}}),
    Case(says="a value of another resource's", change={VERSION: {"sources.secretString": ELSEWHERE}}),
    Case(says="a file", change={VERSION: {"secretBinary": secret("AAAA")}}),
)

SPEC = Spec(
    compliant=(MADE, given(*VERSION, {"secretString": secret(UNKNOWN)}, {"secretString": [MADE]})),
    cases=(*CASES, Case(says="nothing", change={VERSION: {"secretString": REMOVED, "sources.secretString": []}})),
    undecided=(),
    mutations=CASES,
)
