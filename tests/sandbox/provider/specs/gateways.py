"""Specs of the ways out of a VPC."""

from typing import Any

from tests.sandbox.provider.world import Spec, World


def internet(world: World) -> tuple[str, str]:
    """Return a new VPC, and the internet gateway that it has."""
    vpc = world.vpc()
    return vpc, world.id("aws.ec2.InternetGateway", vpcId=vpc)


def nat_gateway(world: World) -> dict[str, Any]:
    """Return the inputs of a NAT gateway in a subnet that reaches the internet."""
    vpc, _ = internet(world)
    return {
        "subnetId": world.subnets(vpc)[0],
        "allocationId": world.id("aws.ec2.Eip", domain="vpc"),
        "connectivityType": "public",
        "tags": {"Name": "nat"},
    }


SPECS = (
    Spec(
        type="aws.ec2.InternetGateway",
        inputs=lambda world: {"vpcId": world.vpc(), "tags": {"Name": "internet"}},
        change={"tags": {"Name": "other"}},
    ),
    Spec(
        type="aws.ec2.Eip",
        inputs=lambda _: {"domain": "vpc", "tags": {"Name": "nat"}},
        change={"tags": {"Name": "other"}},
        replace={"domain": "standard"},
    ),
    Spec(
        type="aws.ec2.NatGateway",
        inputs=nat_gateway,
        change={"tags": {"Name": "other"}},
        replace={"subnetId": "subnet-another", "allocationId": "eipalloc-another"},
    ),
)
