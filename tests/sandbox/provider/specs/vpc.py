"""Specs of the VPC family."""

from tests.sandbox.provider.world import Spec, World


def group(world: World) -> str:
    """Return a new security group."""
    return world.id("aws.ec2.SecurityGroup", vpcId=world.vpc(), description="web")


def _from_network(world: World) -> dict[str, object]:
    return {
        "securityGroupId": group(world),
        "cidrIpv4": "10.0.0.0/8",
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "description": "in",
    }


def _to_group(world: World) -> dict[str, object]:
    own = group(world)
    return {"securityGroupId": own, "referencedSecurityGroupId": own, "ipProtocol": "-1", "tags": {"Name": "peers"}}


SPECS = (
    Spec(
        type="aws.ec2.Vpc",
        inputs=lambda _: {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True, "tags": {"Name": "main"}},
        change={"enableDnsHostnames": False, "tags": {"Name": "other"}},
        replace={"cidrBlock": "10.1.0.0/16"},
    ),
    Spec(
        type="aws.ec2.Subnet",
        inputs=lambda world: {"vpcId": world.vpc(), "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1b"},
        change={"mapPublicIpOnLaunch": True},
        replace={"availabilityZone": "eu-west-1c"},
    ),
    Spec(
        type="aws.ec2.SecurityGroup",
        inputs=lambda world: {"vpcId": world.vpc(), "description": "web"},
        change={"tags": {"Name": "web"}},
        replace={"description": "another"},
    ),
    Spec(
        type="aws.vpc.SecurityGroupIngressRule",
        inputs=_from_network,
        change={"cidrIpv4": "10.0.0.0/16"},
        replace={"securityGroupId": "sg-another"},
    ),
    Spec(
        type="aws.vpc.SecurityGroupEgressRule",
        inputs=_to_group,
        change={"description": "to the peers"},
        replace={"securityGroupId": "sg-another"},
    ),
)
