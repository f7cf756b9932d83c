"""An Auto Scaling group runs one numbered version of its launch template."""

from collections.abc import Iterator

from policies.rules.aws_types import AUTO_SCALING_GROUP, LAUNCH_TEMPLATE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

MOVING = frozenset({"$Latest", "$Default"})
VERSION = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version"


def check(group: Resource) -> Iterator[Problem]:
    """Find a group without a launch template, or on a version of it that moves."""
    for path in ("launchConfiguration", "launchTemplate"):
        if group.has(path):
            yield group.problem(path, "stands beside the mixed instances policy, which is what fleets launch by")
    if not group.has(VERSION):
        yield group.problem(VERSION, "is not set, so the default version is run")
    elif group.value(VERSION) in MOVING:
        yield group.problem(VERSION, "is a version that moves")


RULE = ResourceRule(
    name="group_runs_one_version_of_its_template",
    applies_to=(AUTO_SCALING_GROUP,),
    check=check,
    may_wait_for=(LAUNCH_TEMPLATE,),
)
