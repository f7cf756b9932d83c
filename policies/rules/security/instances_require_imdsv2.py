"""Instances hand out metadata and credentials to token holders on the instance itself only."""

from collections.abc import Iterator

from policies.rules.aws_types import LAUNCH_TEMPLATE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(template: Resource) -> Iterator[Problem]:
    """Find a launch template whose instances answer metadata requests without a token, or from further than one hop away."""
    if template.value("metadataOptions.httpTokens", "optional") != "required":
        yield template.problem("metadataOptions.httpTokens", 'must be "required"')
    if template.value("metadataOptions.httpPutResponseHopLimit", None) != 1:
        yield template.problem("metadataOptions.httpPutResponseHopLimit", "must be set to 1")


RULE = ResourceRule(
    name="instances_require_imdsv2",
    applies_to=(LAUNCH_TEMPLATE,),
    check=check,
)
