from policies.rules.aws_types import BUCKET, BUCKET_LIFECYCLE
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

BUCKET_GIVEN = given(BUCKET, "lb-logs", {})
SIDE = (BUCKET_LIFECYCLE, "lb-logs-expiring")
RULE = {
    "status": "Enabled",
    "noncurrentVersionExpiration": {"noncurrentDays": 30},
    "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
}
CASES = (
    Case(says="none", drop=[SIDE], fires_on=[BUCKET_GIVEN.key]),
    Case(says="one of another bucket", change={SIDE: {"sources.bucket": ELSEWHERE}}, fires_on=[BUCKET_GIVEN.key]),
    Case(says="a rule that is off", change={SIDE: {"rules[0].status": "Disabled"}}),
    Case(says="old versions stay", change={SIDE: {"rules[0].noncurrentVersionExpiration": REMOVED}}),
    Case(says="broken uploads stay", change={SIDE: {"rules[0].abortIncompleteMultipartUpload": REMOVED}}),
    Case(says="a rule for some objects", change={SIDE: {"rules[0].filter": {"prefix": "old/"}}}),
)

SPEC = Spec(
    compliant=(BUCKET_GIVEN, given(*SIDE, {"bucket": UNKNOWN, "rules": [RULE]}, {"bucket": [BUCKET_GIVEN]})),
    cases=(*CASES, Case(says="a rule for some objects, the old way", change={SIDE: {"rules[0].prefix": "old/"}})),
    also_compliant={"a rule for every prefix": {SIDE: {"rules[0].filter": {"prefix": ""}}}},
    undecided=((SIDE, "rules"), (SIDE, "rules[0].status")),
    mutations=CASES,
)
