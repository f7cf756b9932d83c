"""Instances know no key pair."""

from collections.abc import Iterator

from policies.rules.aws_types import LAUNCH_TEMPLATE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(template: Resource) -> Iterator[Problem]:
    """Find a launch template that puts a key on its instances."""
    if template.has("keyName"):
        yield template.problem("keyName", "puts a key pair on the instances")


RULE = ResourceRule(
    name="instances_have_no_key_pair",
    applies_to=(LAUNCH_TEMPLATE,),
    check=check,
)
