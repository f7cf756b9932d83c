"""A VPC reaches every AWS service that its instances need by an endpoint of its own."""

from collections.abc import Iterator

from policies.rules.aws_types import VPC, VPC_ENDPOINT
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

NEEDED = frozenset({"s3", "ec2", "ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "secretsmanager", "kms"})
"""What boot, image pull, logs, parameters, secrets and Session Manager call."""


def check(vpc: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a VPC that lacks an endpoint, and an interface endpoint that its service's own name does not lead to."""
    endpoints = stack.dependents(vpc, VPC_ENDPOINT, "vpcId")
    names = [endpoint.value("serviceName").split(".", 3) for endpoint in endpoints]
    if not {name[3] for name in names} >= NEEDED:
        yield vpc.problem("", "lacks an endpoint that instances need")
    if not vpc.value("enableDnsSupport", default=True) or not vpc.value("enableDnsHostnames", default=False):
        yield vpc.problem("enableDnsHostnames", "is off, or enableDnsSupport is, so a service's own name leads out")
    for endpoint in endpoints:
        if endpoint.value("vpcEndpointType", "Gateway") == "Interface" and not endpoint.value("privateDnsEnabled", default=False):
            yield endpoint.problem("privateDnsEnabled", "is not on")


RULE = StackRule(
    name="vpc_has_private_endpoints",
    applies_to=(VPC,),
    check=check,
)
