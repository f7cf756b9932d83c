"""Instances are measured every minute."""

from collections.abc import Iterator

from policies.rules.aws_types import LAUNCH_TEMPLATE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(template: Resource) -> Iterator[Problem]:
    """Find instances that are measured every five minutes."""
    if not template.value("monitoring.enabled", default=False):
        yield template.problem("monitoring.enabled", "is not on")


RULE = ResourceRule(
    name="instances_monitored_in_detail",
    applies_to=(LAUNCH_TEMPLATE,),
    check=check,
)
