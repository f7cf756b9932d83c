"""A color that is checked otherwise than the other is healthy by another measure: the flip moves traffic on the strength of it."""

from collections.abc import Iterator

from policies.rules.aws_types import TARGET_GROUP
from policies.rules.layer import Severity, StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

COMPARED = (
    *(f"healthCheck.{part}" for part in ("enabled", "protocol", "port", "path", "matcher", "interval", "timeout")),
    "healthCheck.healthyThreshold",
    "healthCheck.unhealthyThreshold",
    "protocol",
    "protocolVersion",
    "port",
    "deregistrationDelay",
    "slowStart",
    "loadBalancingAlgorithmType",
)
"""What must be equal; a property that neither color sets is AWS's default for both."""


def check(target_group: Resource, stack: Stack) -> Iterator[Problem]:
    """Find where a green target group differs from its service's blue one; told once, of the green."""
    if target_group.tag("color") != "green":
        return
    blues = [other for other in stack.of_type(TARGET_GROUP) if other.tag("color") == "blue"]
    for blue in blues:
        if blue.tag("service") == target_group.tag("service"):
            for path in COMPARED:
                if target_group.value(path, None) != blue.value(path, None):
                    yield target_group.problem(path, "differs between the colors")


RULE = StackRule(
    name="health_checks_agree",
    description="Both colors of a service are checked, reached and drained alike.",
    severity=Severity.HIGH,
    applies_to=(TARGET_GROUP,),
    remedy="Leave target groups to components/blue_green.py; health_path and drain_seconds belong to the service, not to a color.",
    controls=(),
    check=check,
)
