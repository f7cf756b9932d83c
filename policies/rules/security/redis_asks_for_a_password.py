"""Whoever reaches Redis gives a password before it answers."""

from collections.abc import Iterator

from policies.rules.aws_types import REDIS_USER, REDIS_USER_GROUP, REPLICATION_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group that admits everybody, and a user who gives no password. Of passwords, only whether there are any is looked at."""
    if resource.type == REPLICATION_GROUP:
        if not stack.sources(resource, "userGroupIds", REDIS_USER_GROUP):
            yield resource.problem("userGroupIds", "name no group of users of the stack")
        return
    if resource.value("noPasswordRequired", default=False):
        yield resource.problem("noPasswordRequired", "lets the user in without a password")
    if not any(map(resource.has, ("passwords", "passwordsWo", "authenticationMode"))):
        yield resource.problem("passwords", "are none")


RULE = StackRule(
    name="redis_asks_for_a_password",
    applies_to=(REPLICATION_GROUP, REDIS_USER),
    check=check,
)
