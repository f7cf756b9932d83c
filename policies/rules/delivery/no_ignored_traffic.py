"""Config is the only truth: what the engine is told to ignore, or a desired capacity, would overrule it without a word."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, LAUNCH_TEMPLATE, LISTENER, LISTENER_RULE, TARGET_GROUP
from policies.rules.layer import ResourceRule, Severity
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
    description="Nothing on the way of a request ignores its config, and no fleet is set to a size.",
    severity=Severity.HIGH,
    applies_to=(LISTENER, LISTENER_RULE, TARGET_GROUP, AUTO_SCALING_GROUP, LAUNCH_TEMPLATE),
    remedy="Drop `ignore_changes`; set weights by `switchyard shift`, and sizes by switchyard:services.<service>.<color>.capacity.",
    controls=(),
    check=check,
)
