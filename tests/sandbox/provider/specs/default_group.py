"""Specs of the VPC's default security group."""

from tests.sandbox.provider.world import Spec

SPECS = (
    Spec(
        type="aws.ec2.DefaultSecurityGroup",
        inputs=lambda world: {"vpcId": world.vpc(), "ingress": [], "egress": []},
        change={"tags": {"Name": "closed"}},
        replace={"vpcId": "vpc-another"},
        remains="it lives as long as its VPC",
    ),
)
