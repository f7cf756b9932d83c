from typing import Any

from policies.rules.aws_types import ROLE, ROLE_POLICY
from tests.policies.documents import document, edited, with_statement
from tests.policies.given import Change, given
from tests.policies.spec import Case, Spec

INSTANCE, MAY = (ROLE, "api-blue-role"), (ROLE_POLICY, "api-blue-may")
READ = {"Effect": "Allow", "Action": ["ssm:GetParametersByPath"], "Resource": ["arn:aws:ssm:eu-west-1:123456789012:parameter/switchyard/*"]}
LOGIN = {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}


def first(**values: Any) -> Change:
    """Change the first statement of the policy."""
    return {MAY: {"policy": edited(lambda statement: statement.update(values))}}


CASES = (
    Case(says="everything", change=first(Action="*")),
    Case(says="everything of a service", change=first(Action=["ssm:GetParametersByPath", "ssm:*"])),
    Case(says="a family of actions", change=first(Action=["ssm:Get*"])),
    Case(says="everything but", change={MAY: {"policy": with_statement({"Effect": "Allow", "NotAction": "iam:*", "Resource": ["a:b:c"]})}}),
    Case(says="every resource", change=first(Resource="*")),
    Case(says="every parameter", change=first(Resource=["arn:aws:ssm:*:*:*"])),
    Case(
        says="every resource but",
        change={MAY: {"policy": with_statement({"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "a"})}},
    ),
    Case(says="a policy of AWS's", change={INSTANCE: {"managedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}}),
    Case(says="a policy in the role itself", change={INSTANCE: {"inlinePolicies": [{"name": "all"}]}}),
    Case(says="no document", change={MAY: {"policy": "everything"}}),
)

SPEC = Spec(
    compliant=(given(*INSTANCE, {"path": "/switchyard/"}), given(*MAY, {"policy": document(READ, LOGIN)})),
    cases=CASES,
    also_compliant={"a refusal of everything": {MAY: {"policy": with_statement({"Effect": "Deny", "Action": "*", "Resource": "*"})}}},
    undecided=((MAY, "policy"), (INSTANCE, "managedPolicyArns")),
    mutations=CASES[:-1],
)
