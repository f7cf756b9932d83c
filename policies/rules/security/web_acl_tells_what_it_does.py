"""A web ACL and each of its rules have figures and samples."""

from collections.abc import Iterator

from policies.rules.aws_types import WEB_ACL, WEB_ACL_RULE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

FLAGS = ("visibilityConfig.cloudwatchMetricsEnabled", "visibilityConfig.sampledRequestsEnabled")


def check(resource: Resource) -> Iterator[Problem]:
    """Find what blocks users and tells nobody."""
    for flag in FLAGS:
        if not resource.value(flag, default=False):
            yield resource.problem(flag, "is not on")


RULE = ResourceRule(
    name="web_acl_tells_what_it_does",
    applies_to=(WEB_ACL, WEB_ACL_RULE),
    check=check,
)
