from itertools import product

import pulumi_aws as aws
import pytest

from tests.graph import names, takes_from
from tests.rendering import Rendering

CDN_LIST_WEIGHT = 55
"""What the CDN's prefix list counts for among a group's rules (VPC user guide, AWS-managed prefix lists)."""
RULES_QUOTA = 60
"""Rules of a group in one direction."""

Way = tuple[str, str, float]


def _ways(rendering: Rendering, kind: type[aws.vpc.SecurityGroupIngressRule] | type[aws.vpc.SecurityGroupEgressRule]) -> set[Way]:
    """The rules between groups: the group that has it, the group that it names, the port."""
    found = set()
    for rule in rendering.of(kind):
        owner = takes_from(rendering, rule, "securityGroupId", aws.ec2.SecurityGroup)
        other = takes_from(rendering, rule, "referencedSecurityGroupId", aws.ec2.SecurityGroup)
        found |= {(one, two, rule.inputs["fromPort"]) for one, two in product(owner, other)}
    return found


def _of(ways: set[Way], prefix: str) -> set[Way]:
    return {way for way in ways if way[0].startswith(prefix)}


def test_who_may_come_in(new_stack: Rendering) -> None:
    """Services to the load balancer and the endpoints, members of a `to` group and the proxy to the thing; no group holds a rule more."""
    assert _of(_ways(new_stack, aws.vpc.SecurityGroupIngressRule), "firewall") == {
        ("firewall-lb", "firewall-services", 443),
        ("firewall-endpoints", "firewall-services", 443),
        ("firewall-database", "firewall-to-database", 5432),
        ("firewall-database", "database-proxy", 5432),
        ("firewall-redis", "firewall-to-redis", 6379),
    }


def test_who_may_go_out(new_stack: Rendering) -> None:
    """Of the shared groups the load balancer alone opens connections, to where instances end TLS."""
    assert _of(_ways(new_stack, aws.vpc.SecurityGroupEgressRule), "firewall") == {("firewall-lb", "firewall-services", 8443)}


def test_the_cdn_is_the_only_way_in_from_outside(new_stack: Rendering) -> None:
    """By its prefix list, on 443; no rule of any group lets an address in."""
    rules = new_stack.of(aws.vpc.SecurityGroupIngressRule)
    assert not [rule.name for rule in rules if rule.inputs.keys() & {"cidrIpv4", "cidrIpv6"}]
    (cdn,) = [rule for rule in rules if "prefixListId" in rule.inputs]
    assert cdn.inputs["prefixListId"] == "pl-4fa04526"
    assert (cdn.inputs["fromPort"], cdn.inputs["toPort"], cdn.inputs["ipProtocol"]) == (443, 443, "tcp")
    assert takes_from(new_stack, cdn, "securityGroupId", aws.ec2.SecurityGroup) == {"firewall-lb"}


def test_no_rule_is_wider_than_one_port(new_stack: Rendering) -> None:
    """Of any group, in either direction; SSH's is none of them."""
    rules = [*new_stack.of(aws.vpc.SecurityGroupIngressRule), *new_stack.of(aws.vpc.SecurityGroupEgressRule)]
    assert {rule.inputs["ipProtocol"] for rule in rules} == {"tcp"}
    assert {rule.name for rule in rules if rule.inputs["fromPort"] != rule.inputs["toPort"]} == set()
    assert {rule.inputs["fromPort"] for rule in rules} == {443, 5432, 6379, 8443}


def test_membership_groups_hold_no_rules(new_stack: Rendering) -> None:
    """So no group's rules grow with the colors, and what a color may do stands in its own group alone."""
    rules = [*new_stack.of(aws.vpc.SecurityGroupIngressRule), *new_stack.of(aws.vpc.SecurityGroupEgressRule)]
    owners = set().union(*(takes_from(new_stack, rule, "securityGroupId", aws.ec2.SecurityGroup) for rule in rules))
    assert owners.isdisjoint({"firewall-services", "firewall-to-database", "firewall-to-redis"})


def test_the_load_balancer_s_group_has_room_left(new_stack: Rendering) -> None:
    """The CDN's list is counted for its weight."""
    rules = [
        rule
        for rule in new_stack.of(aws.vpc.SecurityGroupIngressRule)
        if takes_from(new_stack, rule, "securityGroupId", aws.ec2.SecurityGroup) == {"firewall-lb"}
    ]
    assert sum(CDN_LIST_WEIGHT if "prefixListId" in rule.inputs else 1 for rule in rules) == 56 < RULES_QUOTA


@pytest.mark.parametrize("kind", [aws.ec2.SecurityGroup, aws.ec2.DefaultSecurityGroup])
def test_no_group_has_rules_of_its_own(new_stack: Rendering, kind: type) -> None:
    """Inline rules and rule resources revoke each other: https://github.com/pulumi/pulumi-eks/issues/1031."""
    groups = new_stack.of(kind)
    assert groups
    assert {group.name for group in groups if group.inputs.get("ingress") or group.inputs.get("egress")} == set()
    assert new_stack.of(aws.ec2.SecurityGroupRule) == []


def test_the_data_tier_is_behind_an_acl(new_stack: Rendering) -> None:
    """The application tier comes in on the two ports of what stands there, and answers go back; nothing else, and no other tier."""
    (acl,) = new_stack.of(aws.ec2.NetworkAcl)
    assert takes_from(new_stack, acl, "subnetIds", aws.ec2.Subnet) == {f"network-data-{zone}" for zone in "abc"}
    ports = {(rule["cidrBlock"], rule["fromPort"], rule["toPort"]) for rule in acl.inputs["ingress"]}
    assert ports == {("10.20.64.0/18", 5432, 5432), ("10.20.64.0/18", 6379, 6379), ("10.20.128.0/18", 0, 65535)}
    back = {(rule["cidrBlock"], rule["fromPort"], rule["toPort"]) for rule in acl.inputs["egress"]}
    assert back == {("10.20.64.0/18", 1024, 65535), ("10.20.128.0/18", 0, 65535)}
    assert {rule["protocol"] for rule in (*acl.inputs["ingress"], *acl.inputs["egress"])} == {"6"}
    assert {rule["action"] for rule in (*acl.inputs["ingress"], *acl.inputs["egress"])} == {"allow"}


def test_groups_stand_in_the_stack_s_vpc(new_stack: Rendering) -> None:
    """Each names it, the proxy's by the database's subnets; a group without would land in the account's default VPC."""
    groups = new_stack.of(aws.ec2.SecurityGroup)
    assert names(groups) >= {"firewall-lb", "firewall-services", "api-blue", "web-green"}
    of_network = {group.name: takes_from(new_stack, group, "vpcId", aws.ec2.Vpc) for group in groups if group.name != "database-proxy"}
    assert {tuple(vpc) for vpc in of_network.values()} == {("network-vpc",)}
    proxy = new_stack.one(aws.ec2.SecurityGroup, "database-proxy")
    assert takes_from(new_stack, proxy, "vpcId", aws.rds.SubnetGroup) == {"database-subnets"}
