"""A secret that the stack writes is one that it has made."""

from collections.abc import Iterator

from policies.rules.aws_types import RANDOM_PASSWORD, SECRET_VERSION
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(version: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a value that comes from the program, from config or from another resource."""
    if version.has("secretBinary"):
        yield version.problem("secretBinary", "is nothing that the stack makes")
    path = "secretStringWo" if version.has("secretStringWo") else "secretString"
    if not stack.sources(version, path, RANDOM_PASSWORD):
        yield version.problem(path, "is no password that the stack makes")


RULE = StackRule(
    name="written_secrets_are_generated",
    applies_to=(SECRET_VERSION,),
    check=check,
)
