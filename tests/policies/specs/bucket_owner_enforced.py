from policies.rules.aws_types import BUCKET, BUCKET_OWNERSHIP
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

BUCKET_GIVEN = given(BUCKET, "lb-logs", {})
SIDE = (BUCKET_OWNERSHIP, "lb-logs-owned")
CASES = (
    Case(says="none", drop=[SIDE], fires_on=[BUCKET_GIVEN.key]),
    Case(says="one of another bucket", change={SIDE: {"sources.bucket": ELSEWHERE}}, fires_on=[BUCKET_GIVEN.key]),
    Case(says="writers own what they write", change={SIDE: {"rule.objectOwnership": "ObjectWriter"}}),
    Case(says="ACLs are on", change={SIDE: {"rule.objectOwnership": "BucketOwnerPreferred"}}),
)

SPEC = Spec(
    compliant=(
        BUCKET_GIVEN,
        given(*SIDE, {"bucket": UNKNOWN, "rule": {"objectOwnership": "BucketOwnerEnforced"}}, {"bucket": [BUCKET_GIVEN]}),
    ),
    cases=CASES,
    undecided=((SIDE, "rule"), (SIDE, "rule.objectOwnership")),
    mutations=CASES,
)
