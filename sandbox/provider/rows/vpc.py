"""The VPC family of EC2: networks and security groups."""

from collections.abc import Iterator

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, one_each
from sandbox.provider.schema import Failure

TEXT = r"[\w .:/()#,@\[\]+=&;{}!$*-]+"

IN_WORDS = "letters, digits, spaces and . : / ( ) # , @ [ ] + = & ; { } ! $ * - _"

GROUP_NAMING = Naming(pattern=rf"(?!sg-){TEXT}", says=f"{IN_WORDS}, not beginning with sg-")


def _belonging(operation: str, name: str, value: str, take: str) -> Call:
    """Return a call that finds what AWS makes with each VPC."""
    return Call(operation, f"{{Filters: [{{Name: 'vpc-id', Values: [id]}}, {{Name: '{name}', Values: ['{value}']}}]}}", take)


DNS = ("enableDnsSupport", "enableDnsHostnames")
"""Attributes of a VPC, of which AWS reads and changes one a call."""

PORT = Limit(-1, 65535)

SOURCES = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")

PERMISSION = (
    "{GroupId: securityGroupId, IpPermissions: [{IpProtocol: ipProtocol, FromPort: fromPort, ToPort: toPort, "
    "IpRanges: cidrIpv4 && [{CidrIp: cidrIpv4, Description: description}], "
    "Ipv6Ranges: cidrIpv6 && [{CidrIpv6: cidrIpv6, Description: description}], "
    "PrefixListIds: prefixListId && [{PrefixListId: prefixListId, Description: description}], "
    "UserIdGroupPairs: referencedSecurityGroupId && [{GroupId: referencedSecurityGroupId, Description: description}]}]}"
)

CHANGED_RULE = (
    "{GroupId: securityGroupId, SecurityGroupRules: [{SecurityGroupRuleId: id, SecurityGroupRule: {IpProtocol: ipProtocol, "
    "FromPort: fromPort || `-1`, ToPort: toPort || `-1`, CidrIpv4: cidrIpv4, CidrIpv6: cidrIpv6, PrefixListId: prefixListId, "
    "ReferencedGroupId: referencedSecurityGroupId, Description: description}}]}"
)

FOUND_RULE = "SecurityGroupRules[0] | @ && merge(@, IpProtocol == '-1' && {FromPort: `null`, ToPort: `null`} || `{}`)"
"""AWS answers ports of -1 where there are none."""

BELONGINGS = (
    _belonging("describe_security_groups", "group-name", "default", "SecurityGroups[0].{defaultSecurityGroupId: GroupId}"),
    _belonging("describe_network_acls", "default", "true", "NetworkAcls[0].{defaultNetworkAclId: NetworkAclId}"),
    _belonging("describe_route_tables", "association.main", "true", "RouteTables[0].{mainRouteTableId: RouteTableId}"),
)
"""What AWS makes with each VPC."""


def _rule_failures(inputs: Facts) -> Iterator[Failure]:
    """AWS takes ports with a protocol that has them, and only then."""
    every = inputs.get("ipProtocol") == "-1"
    ports = [name for name in ("fromPort", "toPort") if inputs.get(name) is not None]
    if every and ports:
        yield ports[0], "ports cannot be given with ipProtocol -1, which means all traffic"
    if not every and len(ports) == 1:
        yield ports[0], "fromPort and toPort are given together"


def _rule(direction: str) -> Row:
    """Return the row of one rule of a security group, in one direction."""
    return Row(
        type=f"aws.vpc.SecurityGroup{direction.title()}Rule",
        create=Call(f"authorize_security_group_{direction}", PERMISSION, "SecurityGroupRules[0]"),
        id="SecurityGroupRuleId",
        read=Call("describe_security_group_rules", "{SecurityGroupRuleIds: [id]}", FOUND_RULE),
        update=Call("modify_security_group_rules", CHANGED_RULE),
        delete=Call(f"revoke_security_group_{direction}", "{GroupId: securityGroupId, SecurityGroupRuleIds: [id]}"),
        names={"securityGroupId": "GroupId", "referencedSecurityGroupId": "ReferencedGroupInfo.GroupId"},
        computed={"arn": "arn:aws:ec2:{region}:{account}:security-group-rule/{id}", "securityGroupRuleId": "{id}"},
        replaces=("securityGroupId",),
        lost=("description",),
        limits={"fromPort": PORT, "toPort": PORT},
        conflicts=(SOURCES,),
        check=_rule_failures,
    )


ROWS = (
    Row(
        type="aws.ec2.Vpc",
        create=Call("create_vpc", take="Vpc"),
        id="VpcId",
        read=(
            Call("describe_vpcs", "{VpcIds: [id]}", "Vpcs[0]"),
            *(
                Call("describe_vpc_attribute", f"{{VpcId: id, Attribute: '{name}'}}", f"{{{name}: {name[0].upper()}{name[1:]}}}")
                for name in DNS
            ),
            *BELONGINGS,
        ),
        update=one_each("modify_vpc_attribute", "{VpcId: id}", *DNS),
        delete=Call("delete_vpc", "{VpcId: id}"),
        computed={"arn": "arn:aws:ec2:{region}:{account}:vpc/{id}", "defaultRouteTableId": "{mainRouteTableId}"},
        defaults={"enableDnsSupport": True, "instanceTenancy": "default"},
        replaces=("cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"),
    ),
    Row(
        type="aws.ec2.Subnet",
        create=Call("create_subnet", take="Subnet"),
        id="SubnetId",
        read=Call("describe_subnets", "{SubnetIds: [id]}", "Subnets[0]"),
        update=one_each("modify_subnet_attribute", "{SubnetId: id}", "mapPublicIpOnLaunch", "assignIpv6AddressOnCreation"),
        delete=Call("delete_subnet", "{SubnetId: id}"),
        computed={"arn": "arn:aws:ec2:{region}:{account}:subnet/{id}"},
        replaces=("vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native", "outpostArn"),
        conflicts=(("availabilityZone", "availabilityZoneId"),),
    ),
    Row(
        type="aws.ec2.SecurityGroup",
        noun="Group",
        create=Call("create_security_group"),
        after=Call("revoke_security_group_egress", "{GroupId: id, IpPermissions: [{IpProtocol: '-1', IpRanges: [{CidrIp: '0.0.0.0/0'}]}]}"),
        id="GroupId",
        read=Call("describe_security_groups", "{GroupIds: [id]}", "SecurityGroups[0]"),
        delete=Call("delete_security_group", "{GroupId: id}"),
        computed={"arn": "arn:aws:ec2:{region}:{account}:security-group/{id}"},
        defaults={"description": "Managed by Pulumi"},
        replaces=("description", "vpcId"),
        naming=GROUP_NAMING,
        limits={"description": Limit(1, 255, TEXT, IN_WORDS)},
    ),
    _rule("ingress"),
    _rule("egress"),
)
