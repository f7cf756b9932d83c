"""A color always has an instance, or says how long it takes to come back."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

DECLARES = "restore-minutes"
"""The tag of a group that may be empty, with the minutes until it could serve again."""


def declared_cold(group: Resource) -> bool:
    """Tell whether a group says that it may be empty."""
    return any(tag.value("key") == DECLARES and tag.has("value") for tag in group.items("tags"))


def check(group: Resource) -> Iterator[Problem]:
    """Find a group that may be empty, and does not say so."""
    if not group.value("minSize") and not declared_cold(group):
        yield group.problem("minSize", "lets the color be empty, which nobody has declared")


RULE = ResourceRule(
    name="color_is_ready_or_declared_cold",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
