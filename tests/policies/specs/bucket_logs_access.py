from policies.rules.aws_types import BUCKET, BUCKET_LOGGING, BUCKET_POLICY
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

SITE, SIDE = given(BUCKET, "site", {}), (BUCKET_LOGGING, "site-logging")
POLICY = given(BUCKET_POLICY, "site-policy", {}, {"bucket": [SITE]})
CASES = (Case(says="one of another bucket", change={SIDE: {"sources.bucket": ELSEWHERE}}, fires_on=[SITE.key]),)

SPEC = Spec(
    compliant=(SITE, POLICY, given(*SIDE, {"bucket": UNKNOWN}, {"bucket": [POLICY]})),
    cases=(*CASES, Case(says="none", drop=[SIDE], fires_on=[SITE.key])),
    also_compliant={"named by the bucket itself": {SIDE: {"sources.bucket": [SITE.urn]}}},
    undecided=(),
    mutations=(*CASES, Case(says="none", drop=[SIDE], fires_on=[SITE.key])),
)
