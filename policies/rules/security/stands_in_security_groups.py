"""What has an address in the VPC stands in the security groups of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import (
    DATABASE,
    DATABASE_PROXY,
    LAUNCH_TEMPLATE,
    LOAD_BALANCER,
    REPLICATION_GROUP,
    SECURITY_GROUP,
    VPC_ENDPOINT,
)
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

GROUPS = {
    DATABASE: "vpcSecurityGroupIds",
    DATABASE_PROXY: "vpcSecurityGroupIds",
    LAUNCH_TEMPLATE: "vpcSecurityGroupIds",
    LOAD_BALANCER: "securityGroups",
    REPLICATION_GROUP: "securityGroupIds",
    VPC_ENDPOINT: "securityGroupIds",
}


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find what AWS would put into the VPC's default group; a gateway endpoint is a route, and has no address."""
    path = GROUPS[resource.type]
    gateway = resource.type == VPC_ENDPOINT and resource.value("vpcEndpointType", "Gateway") == "Gateway"
    if not gateway and not stack.sources(resource, path, SECURITY_GROUP):
        yield resource.problem(path, "names no group of the stack")


RULE = StackRule(
    name="stands_in_security_groups",
    applies_to=tuple(GROUPS),
    check=check,
)
