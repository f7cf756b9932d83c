"""Every resource is of a type that somebody has read the rules for."""

from collections.abc import Iterator

from policies.rules.layer import EVERY_TYPE, ResourceRule
from policies.rules.properties import Problem
from policies.rules.requirement import register
from policies.rules.resource import Resource

OURS = ("pulumi:", "switchyard:")
"""Stacks, providers and components, which are nothing in AWS."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find a resource of a type that is refused, or that no rule and nobody knows."""
    if not resource.type.startswith(OURS) and resource.type not in register()["types"]["reviewed"]:
        yield resource.problem("", "is of a type that is refused, or that nobody has reviewed")


RULE = ResourceRule(
    name="resource_type_reviewed",
    applies_to=EVERY_TYPE,
    check=check,
)
