"""Specs of VPC endpoints."""

from typing import Any

from tests.sandbox.provider.specs.routing import table
from tests.sandbox.provider.world import Spec, World

POLICY = '{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": "*", "Action": "{0}", "Resource": "*"}}]}}'


def gateway(world: World) -> dict[str, Any]:
    """Return the inputs of an endpoint that route tables lead to."""
    vpc = world.vpc()
    return {
        "vpcId": vpc,
        "serviceName": "com.amazonaws.eu-west-1.s3",
        "vpcEndpointType": "Gateway",
        "routeTableIds": [table(world, vpc), table(world, vpc)],
        "policy": POLICY.format("s3:GetObject"),
    }


def interface(world: World) -> dict[str, Any]:
    """Return the inputs of an endpoint with addresses in the VPC."""
    vpc = world.vpc()
    return {
        "vpcId": vpc,
        "serviceName": "com.amazonaws.eu-west-1.ecr.api",
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "subnetIds": world.subnets(vpc)[::-1],
        "securityGroupIds": [world.id("aws.ec2.SecurityGroup", vpcId=vpc)],
        "policy": POLICY.format("*"),
    }


SPECS = (
    Spec(
        type="aws.ec2.VpcEndpoint",
        inputs=interface,
        change={"policy": POLICY.format("ecr:GetAuthorizationToken"), "privateDnsEnabled": False, "tags": {"Name": "ecr"}},
        replace={"serviceName": "com.amazonaws.eu-west-1.ecr.dkr"},
    ),
)
