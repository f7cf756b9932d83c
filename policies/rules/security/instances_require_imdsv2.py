"""A request that an application can be talked into must not fetch the instance's credentials."""

from collections.abc import Iterator

from policies.rules.aws_types import LAUNCH_TEMPLATE
from policies.rules.layer import ResourceRule, Severity
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
    description="Instances hand out metadata and credentials to token holders on the instance itself only.",
    severity=Severity.HIGH,
    applies_to=(LAUNCH_TEMPLATE,),
    remedy="Keep the metadata options of components/auto_scaling.py: tokens required, one hop.",
    controls=("EC2.170", "CIS 5.7"),
    check=check,
)
