from policies.rules.aws_types import BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

BUCKET_GIVEN = given(BUCKET, "lb-logs", {})
SIDE = (BUCKET_PUBLIC_ACCESS_BLOCK, "lb-logs-private")
FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
CASES = (
    Case(says="none", drop=[SIDE], fires_on=[BUCKET_GIVEN.key]),
    Case(says="one of another bucket", change={SIDE: {"sources.bucket": ELSEWHERE}}, fires_on=[BUCKET_GIVEN.key]),
    *(Case(says=f"{flag} is off", change={SIDE: {flag: False}}) for flag in FLAGS),
    Case(says="one is not set", change={SIDE: {"blockPublicAcls": REMOVED}}),
)

SPEC = Spec(
    compliant=(BUCKET_GIVEN, given(*SIDE, {"bucket": UNKNOWN, **dict.fromkeys(FLAGS, True)}, {"bucket": [BUCKET_GIVEN]})),
    cases=CASES,
    undecided=tuple((SIDE, flag) for flag in FLAGS),
    mutations=CASES,
)
