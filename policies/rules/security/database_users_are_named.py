"""Who may log in to a database may do so as one named user, and never as the master."""

import re
from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, ROLE_POLICY
from policies.rules.documents import statements
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

LOGIN = frozenset({"rds-db:connect"})
USER = re.compile(r"arn:aws:rds-db:[a-z0-9-]+:\d{12}:dbuser:(db|prx)-[A-Za-z0-9-]+/(?P<name>[^*?/]+)", re.ASCII)
"""A user of one instance, or of one proxy."""


def check(policy: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a policy by which a role logs in as anybody, to any database, or as who may do everything."""
    for statement in statements(policy, "policy"):
        if statement.allows and statement.actions & LOGIN:
            users = [USER.fullmatch(arn) for arn in statement.resources]
            masters = {instance.value("username", None) for instance in stack.of_type(DATABASE)}
            if any(user is None or user["name"] in masters for user in users):
                yield policy.problem("policy", "lets in as any user, to any database, or as the master")


RULE = StackRule(
    name="database_users_are_named",
    applies_to=(ROLE_POLICY,),
    check=check,
)
