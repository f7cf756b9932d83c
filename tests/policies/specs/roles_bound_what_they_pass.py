from policies.rules.aws_types import ROLE_POLICY
from tests.policies.documents import document, with_statement
from tests.policies.given import given
from tests.policies.spec import Case, Spec

MAY = (ROLE_POLICY, "api-blue-may")
ROLE_ARN = "arn:aws:iam::123456789012:role/switchyard/prod/jobs"
PASSES = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": ROLE_ARN}
TO_EC2 = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}

SPEC = Spec(
    compliant=(given(*MAY, {"policy": document({**PASSES, "Condition": TO_EC2})}),),
    cases=(
        Case(says="to any service", change={MAY: {"policy": document(PASSES)}}),
        Case(
            says="to any service but one",
            change={MAY: {"policy": document({**PASSES, "Condition": {"StringNotEquals": TO_EC2["StringEquals"]}})}},
        ),
    ),
    undecided=((MAY, "policy"),),
    mutations=(Case(says="to any service", change={MAY: {"policy": with_statement(PASSES)}}),),
)
