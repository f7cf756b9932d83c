"""Requests and health checks reach their targets by TLS."""

from collections.abc import Iterator

from policies.rules.aws_types import TARGET_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(target_group: Resource) -> Iterator[Problem]:
    """Find a target group that is reached, or checked, in plain text."""
    if target_group.value("protocol") != "HTTPS":
        yield target_group.problem("protocol", "must be HTTPS")
    if target_group.value("healthCheck.protocol", "HTTP") != "HTTPS":
        yield target_group.problem("healthCheck.protocol", "must be HTTPS")


RULE = ResourceRule(
    name="targets_reached_by_tls",
    applies_to=(TARGET_GROUP,),
    check=check,
)
