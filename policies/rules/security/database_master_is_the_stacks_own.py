"""The database's master has a name of the stack's own, and a password that the stack makes."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, RANDOM_PASSWORD
from policies.rules.databases import begins_empty
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

GUESSED = frozenset({"admin", "administrator", "master", "postgres", "rdsadmin", "root"})
"""Names that are tried first; AWS and PostgreSQL use some of them by default."""


def check(instance: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a master by a name that everybody knows, or with a password of the program's, of config's or of RDS's own."""
    if instance.value("username", "") in GUESSED:
        yield instance.problem("username", "is one that everybody knows")
    if instance.value("manageMasterUserPassword", default=False):
        yield instance.problem("manageMasterUserPassword", "is on, which rules out replicas")
        return
    path = "passwordWo" if instance.has("passwordWo") else "password"
    if (begins_empty(instance) or instance.has(path)) and not stack.sources(instance, path, RANDOM_PASSWORD):
        yield instance.problem(path, "is no password that the stack makes")


RULE = StackRule(
    name="database_master_is_the_stacks_own",
    applies_to=(DATABASE,),
    check=check,
)
