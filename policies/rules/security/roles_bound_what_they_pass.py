"""A role is passed to the services that are named only."""

from collections.abc import Iterator

from policies.rules.aws_types import ROLE_POLICY
from policies.rules.documents import statements
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

PASSING = frozenset({"iam:passrole"})


def check(policy: Resource) -> Iterator[Problem]:
    """Find a policy by which a role may be passed to any service."""
    for statement in statements(policy, "policy"):
        if statement.allows and statement.actions & PASSING and not statement.compares("iam:PassedToService"):
            yield policy.problem("policy", "lets roles be passed to any service")


RULE = ResourceRule(
    name="roles_bound_what_they_pass",
    applies_to=(ROLE_POLICY,),
    check=check,
)
