"""The security group that AWS makes with each VPC, taken over and closed."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

DIRECTIONS = {"ingress": "IpPermissions", "egress": "IpPermissionsEgress"}

RULES = (
    "{0}: {1}[].{{protocol: IpProtocol, fromPort: FromPort, toPort: ToPort, cidrBlocks: IpRanges[].CidrIp, "
    "ipv6CidrBlocks: Ipv6Ranges[].CidrIpv6, prefixListIds: PrefixListIds[].PrefixListId, securityGroups: UserIdGroupPairs[].GroupId}}"
)

FOUND = f"SecurityGroups[0] | @ && merge(@, {{{', '.join(RULES.format(*pair) for pair in DIRECTIONS.items())}}})"

OF_VPC = "{Filters: [{Name: 'vpc-id', Values: [vpcId]}, {Name: 'group-name', Values: ['default']}]}"


def _close(client: Any, facts: Facts) -> None:
    """Revoke all rules."""
    (group,) = client.describe_security_groups(GroupIds=[facts["id"]])["SecurityGroups"]
    for direction, member in DIRECTIONS.items():
        if group[member]:
            getattr(client, f"revoke_security_group_{direction}")(GroupId=facts["id"], IpPermissions=group[member])


def _failures(inputs: Facts) -> Iterator[Failure]:
    """Refuse rules: what needs them belongs into a group of its own."""
    for direction in DIRECTIONS:
        if inputs.get(direction):
            yield direction, "the sandbox only closes a VPC's default group: give a group of its own to what needs rules"


ROWS = (
    Row(
        type="aws.ec2.DefaultSecurityGroup",
        noun="Group",
        create=Call("describe_security_groups", OF_VPC, "SecurityGroups[0]"),
        after=Call(_close),
        id="GroupId",
        read=Call("describe_security_groups", "{GroupIds: [id]}", FOUND),
        update=Call(_close, on=tuple(DIRECTIONS), when="old"),
        computed={"arn": "arn:aws:ec2:{region}:{account}:security-group/{id}"},
        replaces=("vpcId",),
        check=_failures,
    ),
)
