"""No instance gets an address that the internet can reach."""

from collections.abc import Iterator

from policies.rules.aws_types import LAUNCH_TEMPLATE, SUBNET
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    """Find a template or a subnet that gives instances public addresses."""
    if resource.type == SUBNET:
        for path in ("mapPublicIpOnLaunch", "assignIpv6AddressOnCreation"):
            if resource.value(path, default=False):
                yield resource.problem(path, "is on")
    for interface in resource.items("networkInterfaces") if resource.type == LAUNCH_TEMPLATE else ():
        if interface.value("associatePublicIpAddress", "false") != "false":
            yield interface.problem("associatePublicIpAddress", "is on")


RULE = ResourceRule(
    name="instances_have_no_public_address",
    applies_to=(LAUNCH_TEMPLATE, SUBNET),
    check=check,
)
