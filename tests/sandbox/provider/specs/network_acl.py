"""Specs of network ACLs."""

from typing import Any

from tests.sandbox.provider.world import Spec, World


def entry(number: int, low: int, high: int, cidr: str = "10.0.0.0/20") -> dict[str, Any]:
    """Return an entry that lets TCP pass."""
    return {"ruleNo": number, "action": "allow", "protocol": "6", "cidrBlock": cidr, "fromPort": low, "toPort": high}


def network_acl(world: World) -> dict[str, Any]:
    """Return the inputs of a network ACL around two subnets."""
    vpc = world.vpc()
    return {
        "vpcId": vpc,
        "subnetIds": world.subnets(vpc),
        "ingress": [entry(100, 5432, 5432), entry(101, 6379, 6379), entry(200, 0, 65535, "10.0.32.0/20")],
        "egress": [entry(100, 1024, 65535)],
    }


SPECS = (
    Spec(
        type="aws.ec2.NetworkAcl",
        inputs=network_acl,
        change={
            "ingress": [entry(100, 5432, 5433), entry(300, 443, 443), {**entry(310, 0, 0), "protocol": "1", "icmpType": 8, "icmpCode": -1}],
            "egress": [],
            "subnetIds": [],
        },
        replace={"vpcId": "vpc-another"},
    ),
)
