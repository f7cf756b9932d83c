"""Nothing on the way of a request ignores its config, and no fleet is set to a size."""

from collections.abc import Iterator

from policies.rules.aws_types import (
    AUTO_SCALING_GROUP,
    DISTRIBUTION,
    KEY_VALUE,
    LAUNCH_TEMPLATE,
    LISTENER,
    LISTENER_RULE,
    TARGET_GROUP,
)
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    """Find ignored changes on the way of a request, and a group that is set to a size (pulumi-aws issues 5772 and 5507)."""
    if resource.options.ignore_changes:
        yield resource.problem("", "ignores changes of its own config")
    if resource.type == AUTO_SCALING_GROUP and resource.has("desiredCapacity"):
        yield resource.problem("desiredCapacity", "must not be set: every update would shrink a fleet that scaled out")


RULE = ResourceRule(
    name="no_ignored_traffic",
    applies_to=(DISTRIBUTION, KEY_VALUE, LISTENER, LISTENER_RULE, TARGET_GROUP, AUTO_SCALING_GROUP, LAUNCH_TEMPLATE),
    check=check,
)
