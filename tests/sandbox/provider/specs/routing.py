"""Specs of route tables."""

from typing import Any

from tests.sandbox.provider.specs.gateways import internet
from tests.sandbox.provider.world import Spec, World


def table(world: World, vpc: str) -> str:
    """Return a new route table."""
    return world.id("aws.ec2.RouteTable", vpcId=vpc)


def route(world: World) -> dict[str, Any]:
    """Return the inputs of a route to the internet."""
    vpc, gateway = internet(world)
    return {"routeTableId": table(world, vpc), "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway}


def association(world: World) -> dict[str, Any]:
    """Return the inputs of an association of a subnet."""
    vpc = world.vpc()
    return {"routeTableId": table(world, vpc), "subnetId": world.subnets(vpc)[0]}


SPECS = (
    Spec(
        type="aws.ec2.RouteTable",
        inputs=lambda world: {"vpcId": world.vpc(), "tags": {"Name": "public"}},
        change={"tags": {"Name": "private"}},
        replace={"vpcId": "vpc-another"},
    ),
    Spec(type="aws.ec2.Route", inputs=route, replace={"destinationCidrBlock": "192.0.2.0/24"}),
    Spec(type="aws.ec2.RouteTableAssociation", inputs=association, replace={"subnetId": "subnet-another"}),
)
