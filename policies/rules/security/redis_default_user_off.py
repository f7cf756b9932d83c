"""The user that a client of Redis is by default may do nothing."""

from collections.abc import Iterator

from policies.rules.aws_types import REDIS_USER, REDIS_USER_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

DEFAULT = "default"


def check(group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a group whose default user is AWS's own, which may do everything, or is let in."""
    found = [user for user in stack.sources(group, "userIds", REDIS_USER) if user.value("userName") == DEFAULT]
    if not found:
        yield group.problem("userIds", "name no user `default` of the stack")
    yield from (user.problem("accessString", "lets in whoever names no user") for user in found if not _off(user))


def _off(user: Resource) -> bool:
    words = user.value("accessString").split()
    return "off" in words and "on" not in words


RULE = StackRule(
    name="redis_default_user_off",
    applies_to=(REDIS_USER_GROUP,),
    check=check,
)
