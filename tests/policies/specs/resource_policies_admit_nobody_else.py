from policies.rules.aws_types import BUCKET_POLICY, KEY, PROVIDER, ROLE, SECRET_POLICY, TOPIC_POLICY
from tests.policies.documents import document, with_statement
from tests.policies.given import given
from tests.policies.spec import Case, Spec

LOGS, DATA, PAYMENT, NEWS, INSTANCE = (
    (BUCKET_POLICY, "lb-logs-policy"),
    (KEY, "encryption-data"),
    (SECRET_POLICY, "api-payment-key"),
    (TOPIC_POLICY, "topics-page-policy"),
    (ROLE, "api-blue-role"),
)
OWN = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "a:Use", "Resource": "*"}
ANYONE = {**OWN, "Principal": "*"}
ELSEWHERE = {**OWN, "Principal": {"AWS": ["arn:aws:iam::123456789012:root", "arn:aws:iam::210987654321:root"]}}
BY_NUMBER = {**OWN, "Principal": {"AWS": "210987654321"}}
FEDERATED = {**OWN, "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/example.com"}}
ALL_BUT = {"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "a:Use", "Resource": "*"}
CASES = (
    Case(says="anyone reads a bucket", change={LOGS: {"policy": with_statement(ANYONE)}}),
    Case(says="anyone in any account uses a key", change={DATA: {"policy": with_statement({**OWN, "Principal": {"AWS": "*"}})}}),
    Case(says="another account uses a key", change={DATA: {"policy": with_statement(ELSEWHERE)}}),
    Case(says="another account reads a secret", change={PAYMENT: {"policy": with_statement(BY_NUMBER)}}),
    Case(says="everybody but", change={NEWS: {"policy": with_statement(ALL_BUT)}}),
    Case(says="who signs in elsewhere takes a role", change={INSTANCE: {"assumeRolePolicy": with_statement(FEDERATED)}}),
)

SPEC = Spec(
    compliant=(
        given(PROVIDER, "aws", {"allowedAccountIds": '["123456789012"]'}),
        *(given(*key, {"policy": document(OWN)}) for key in (LOGS, DATA, PAYMENT, NEWS)),
        given(*INSTANCE, {"assumeRolePolicy": document(OWN)}),
    ),
    cases=CASES,
    also_compliant={"a refusal of everybody": {DATA: {"policy": with_statement({**ANYONE, "Effect": "Deny"})}}},
    undecided=((DATA, "policy"), (INSTANCE, "assumeRolePolicy"), ((PROVIDER, "aws"), "allowedAccountIds")),
    mutations=CASES,
)
