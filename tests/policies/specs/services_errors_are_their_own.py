from policies.rules.aws_types import DISTRIBUTION
from tests.policies.given import given
from tests.policies.spec import Case, Spec

CDN = (DISTRIBUTION, "cdn")
PAGE = [{"errorCode": 404, "responseCode": 200, "responsePagePath": "/index.html"}]
CASES = (Case(says="a page for what is missing", change={CDN: {"customErrorResponses": PAGE}}),)

SPEC = Spec(
    compliant=(given(*CDN, {"customErrorResponses": []}),),
    cases=CASES,
    undecided=((CDN, "customErrorResponses"),),
    mutations=CASES,
)
