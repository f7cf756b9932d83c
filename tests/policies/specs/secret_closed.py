from policies.rules.aws_types import KEY, SECRET, SECRET_POLICY, SECRET_VERSION
from tests.policies.documents import document, edited
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

DATA = given(KEY, "encryption-data", {})
ENTRY, CLOSED = (SECRET, "api-payment-key"), (SECRET_POLICY, "api-payment-key")
OTHERS = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "secretsmanager:GetSecretValue",
    "Resource": "*",
    "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/switchyard/prod/api/*"}},
}
WRITTEN, OURS = given(SECRET, "redis-password", {"kmsKeyId": UNKNOWN}, {"kmsKeyId": [DATA]}), (SECRET_POLICY, "redis-password")
VERSION = given(SECRET_VERSION, "redis-password", {}, {"secretId": [WRITTEN]})
OF_THE_STACK = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/switchyard/test/*"}}
NOT_LISTED = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/switchyard/test/api/*"}}
OF_ANOTHER = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/elsewhere/*"}}
AT_NIGHT = {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}
SECRET_GIVEN = given(*ENTRY, {"kmsKeyId": UNKNOWN, "recoveryWindowInDays": 30}, {"kmsKeyId": [DATA]})
CASES = (
    Case(says="no policy", drop=[CLOSED], fires_on=[ENTRY]),
    Case(says="AWS's own key", change={ENTRY: {"kmsKeyId": REMOVED, "sources.kmsKeyId": []}}),
    Case(says="gone at once", change={ENTRY: {"recoveryWindowInDays": 0}}),
    Case(says="public policies are taken", change={CLOSED: {"blockPublicPolicy": False}}),
    Case(says="nobody turned them off", change={CLOSED: {"blockPublicPolicy": REMOVED}}),
    Case(says="one other is refused", change={CLOSED: {"policy": edited(lambda only: only.update(Principal={"AWS": "123456789012"}))}}),
    Case(says="writing is refused", change={CLOSED: {"policy": edited(lambda only: only.update(Action="secretsmanager:PutSecretValue"))}}),
    Case(says="others are refused unless it is night", change={CLOSED: {"policy": edited(lambda only: only.update(Condition=AT_NIGHT))}}),
    Case(says="others are refused at night", change={CLOSED: {"policy": edited(lambda only: only["Condition"].update(AT_NIGHT))}}),
    Case(
        says="only another stack is refused",
        change={OURS: {"policy": edited(lambda only: only["Condition"].update(OF_ANOTHER))}},
    ),
)

SPEC = Spec(
    compliant=(
        DATA,
        SECRET_GIVEN,
        given(*CLOSED, {"secretArn": UNKNOWN, "policy": document(OTHERS), "blockPublicPolicy": True}, {"secretArn": [SECRET_GIVEN]}),
        WRITTEN,
        VERSION,
        given(
            *OURS,
            {
                "secretArn": UNKNOWN,
                "policy": document({**OTHERS, "Condition": {**NOT_LISTED, **OF_THE_STACK}}),
                "blockPublicPolicy": True,
            },
            {"secretArn": [WRITTEN]},
        ),
    ),
    cases=(
        *CASES,
        Case(
            says="of a value that the stack does not write, some others are refused",
            change={CLOSED: {"policy": edited(lambda only: only["Condition"].update(OF_THE_STACK))}},
        ),
    ),
    also_compliant={
        "AWS's default window": {ENTRY: {"recoveryWindowInDays": REMOVED}},
        "nobody reads it": {CLOSED: {"policy": edited(lambda only: only.pop("Condition"))}},
    },
    undecided=((ENTRY, "recoveryWindowInDays"), (CLOSED, "policy"), (CLOSED, "blockPublicPolicy")),
    mutations=CASES,
)
