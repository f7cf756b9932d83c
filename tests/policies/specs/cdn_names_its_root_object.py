from policies.rules.aws_types import DISTRIBUTION
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

CDN = (DISTRIBUTION, "cdn")
CASES = (
    Case(says="none", change={CDN: {"defaultRootObject": REMOVED}}),
    Case(says="an empty one", change={CDN: {"defaultRootObject": ""}}),
)

SPEC = Spec(
    compliant=(given(*CDN, {"defaultRootObject": "index.html"}),),
    cases=CASES,
    undecided=((CDN, "defaultRootObject"),),
    mutations=CASES,
)
