from policies.rules.aws_types import BUCKET, BUCKET_POLICY
from tests.policies.documents import document, edited
from tests.policies.given import UNKNOWN, given
from tests.policies.spec import Case, Spec

BUCKET_GIVEN = given(BUCKET, "lb-logs", {})
SIDE = (BUCKET_POLICY, "lb-logs-policy")
DENIAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
TLS, ROOT = {"aws:SecureTransport": "true"}, {"AWS": "arn:aws:iam::123456789012:root"}
NIGHT = {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}
CASES = (
    Case(says="no policy", drop=[SIDE], fires_on=[BUCKET_GIVEN.key]),
    Case(says="TLS is refused instead", change={SIDE: {"policy": edited(lambda last: last["Condition"]["Bool"].update(TLS), -1)}}),
    Case(says="one user alone is refused", change={SIDE: {"policy": edited(lambda last: last.update(Principal=ROOT), -1)}}),
    Case(says="reading alone is refused", change={SIDE: {"policy": edited(lambda last: last.update(Action="s3:GetObject"), -1)}}),
    Case(says="objects are left out", change={SIDE: {"policy": edited(lambda last: last["Resource"].pop(), -1)}}),
    Case(says="at night only", change={SIDE: {"policy": edited(lambda last: last["Condition"].update(NIGHT), -1)}}),
)

SPEC = Spec(
    compliant=(BUCKET_GIVEN, given(*SIDE, {"bucket": UNKNOWN, "policy": document(DENIAL)}, {"bucket": [BUCKET_GIVEN]})),
    cases=CASES,
    undecided=((SIDE, "policy"),),
    mutations=CASES[1:],
)
