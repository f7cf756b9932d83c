"""An Auto Scaling group replaces what the load balancer finds unhealthy."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(group: Resource) -> Iterator[Problem]:
    """Find a group that keeps instances which its target groups have given up."""
    if group.has("targetGroupArns") and group.value("healthCheckType", "EC2") != "ELB":
        yield group.problem("healthCheckType", "must be ELB, since the group has target groups")


RULE = ResourceRule(
    name="group_checks_health_by_load_balancer",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
)
