"""A secret is encrypted by a key of the stack, and read by the roles that its own policy lists, by nobody where it lists none."""

from collections.abc import Iterator

from policies.rules.aws_types import KEY, SECRET, SECRET_POLICY, SECRET_VERSION
from policies.rules.documents import ANYONE, Statement, statements
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

READ = frozenset({"secretsmanager:getsecretvalue"})
READERS_LISTED = {"arnnotlike": {"aws:principalarn"}}
"""The one condition under which a refusal still closes: it leaves out who is listed. Without any it leaves out nobody."""
SHORTEST_RECOVERY_DAYS = 7


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a secret whose readers are not listed, that another key encrypts, or that is gone at once when deleted."""
    if resource.type == SECRET_POLICY:
        if not resource.value("blockPublicPolicy", default=False):
            yield resource.problem("blockPublicPolicy", "is not on")
        written = any(stack.dependents(secret, SECRET_VERSION, "secretId") for secret in stack.sources(resource, "secretArn", SECRET))
        within = resource.stack if written else ""
        if not any(_refuses_others(statement, within) for statement in statements(resource, "policy")):
            yield resource.problem("policy", "does not refuse everybody who is not listed")
        return
    if not stack.dependents(resource, SECRET_POLICY, "secretArn"):
        yield resource.problem("", "has no policy, so every role that may read secrets may read it")
    if not stack.sources(resource, "kmsKeyId", KEY):
        yield resource.problem("kmsKeyId", "is no key of the stack")
    if resource.value("recoveryWindowInDays", 30) < SHORTEST_RECOVERY_DAYS:
        yield resource.problem("recoveryWindowInDays", "leaves no time to take a deletion back")


def _refuses_others(statement: Statement, stack: str) -> bool:
    """Who is not listed; where the engine reads back what it has written, every role of the stack that is not listed."""
    conditions = {**statement.conditions}
    if stack:
        within = conditions.pop("arnlike", {}).get("aws:principalarn", frozenset((ANYONE,)))
        if not all(pattern == ANYONE or pattern.endswith(f"/{stack}/*") for pattern in within):
            return False
    listed = {operator: set(compared) for operator, compared in conditions.items()}
    return not statement.allows and statement.anyone and statement.actions >= READ and listed in ({}, READERS_LISTED)


RULE = StackRule(
    name="secret_closed",
    applies_to=(SECRET, SECRET_POLICY),
    check=check,
)
