"""What a resource's own policy lets in belongs to this account."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET_POLICY, KEY, ROLE, SECRET_POLICY, TOPIC_POLICY
from policies.rules.documents import DOCUMENTS, statements
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.providers import accounts
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a document that lets in everybody, another account, or who signs in elsewhere."""
    path, own = DOCUMENTS[resource.type], accounts(stack)
    for statement in statements(resource, path):
        if statement.allows and statement.anyone:
            yield resource.problem(path, "lets in everybody")
        elif statement.allows and statement.principals.get("Federated"):
            yield resource.problem(path, "lets in who signs in elsewhere")
        elif statement.allows and not {_account(arn) for arn in statement.principals.get("AWS", ())} <= own:
            yield resource.problem(path, "lets in another account")


def _account(principal: str) -> str:
    return principal.split(":")[4] if ":" in principal else principal


RULE = StackRule(
    name="resource_policies_admit_nobody_else",
    applies_to=(BUCKET_POLICY, KEY, SECRET_POLICY, TOPIC_POLICY, ROLE),
    check=check,
)
