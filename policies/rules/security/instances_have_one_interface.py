"""An instance has one network interface."""

from collections.abc import Iterator

from policies.rules.aws_types import LAUNCH_TEMPLATE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(template: Resource) -> Iterator[Problem]:
    """Find a template that gives instances a second one; none listed is one, in the group's subnet."""
    if len(template.items("networkInterfaces")) > 1:
        yield template.problem("networkInterfaces", "are more than one")


RULE = ResourceRule(
    name="instances_have_one_interface",
    applies_to=(LAUNCH_TEMPLATE,),
    check=check,
)
