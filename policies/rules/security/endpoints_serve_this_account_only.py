"""A VPC endpoint serves principals of this account."""

from collections.abc import Iterator

from policies.rules.aws_types import VPC_ENDPOINT
from policies.rules.documents import statements
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

HARMLESS = frozenset({"s3:getobject"})
"""Reads: packages and image layers come from buckets of AWS's."""


def check(endpoint: Resource) -> Iterator[Problem]:
    """Find an endpoint without a policy, and one that lets principals of any account do more than read."""
    for statement in statements(endpoint, "policy"):
        bounded = statement.compares("aws:PrincipalAccount", "aws:PrincipalOrgID")
        if statement.allows and not bounded and not statement.actions <= HARMLESS:
            yield endpoint.problem("policy", "lets in principals of any account")


RULE = ResourceRule(
    name="endpoints_serve_this_account_only",
    applies_to=(VPC_ENDPOINT,),
    check=check,
)
