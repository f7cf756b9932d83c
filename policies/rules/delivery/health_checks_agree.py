"""Both colors of a service are checked, reached and drained alike."""

from collections.abc import Iterator

from policies.rules.aws_types import TARGET_GROUP
from policies.rules.layer import StackRule
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
    applies_to=(TARGET_GROUP,),
    check=check,
)
