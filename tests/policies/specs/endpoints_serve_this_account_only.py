from policies.rules.aws_types import VPC_ENDPOINT
from tests.policies.documents import document, edited
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

LOGS, S3 = (VPC_ENDPOINT, "endpoints-logs"), (VPC_ENDPOINT, "endpoints-s3")
OWN = {"StringEquals": {"aws:PrincipalAccount": "123456789012"}}
EVERYTHING = {"Effect": "Allow", "Action": ["*"], "Resource": ["*"], "Principal": {"AWS": "*"}}
CASES = (
    Case(says="any account", change={LOGS: {"policy": edited(lambda first: first.pop("Condition"))}}),
    Case(
        says="all accounts but one",
        change={LOGS: {"policy": edited(lambda first: first.update(Condition={"StringNotEquals": OWN["StringEquals"]}))}},
    ),
    Case(says="any account writes", change={S3: {"policy": edited(lambda first: first.update(Action=["s3:GetObject", "s3:PutObject"]))}}),
    Case(says="AWS's default, which is everything", change={LOGS: {"policy": REMOVED}}),
)

SPEC = Spec(
    compliant=(
        given(*LOGS, {"policy": document({**EVERYTHING, "Condition": OWN})}),
        given(*S3, {"policy": document({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": "*"})}),
    ),
    cases=CASES,
    undecided=((LOGS, "policy"),),
    mutations=CASES,
)
