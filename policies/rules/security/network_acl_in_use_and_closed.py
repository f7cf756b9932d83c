"""A network ACL stands around subnets, and lets through TCP of its own VPC: one port a door, and nothing out but answers."""

import ipaddress
from collections.abc import Iterator, Sequence

from policies.rules.aws_types import NETWORK_ACL, SUBNET, VPC
from policies.rules.layer import StackRule
from policies.rules.properties import Problem, Properties
from policies.rules.resource import Resource
from policies.rules.stack import Stack

TCP = frozenset({"6", "tcp"})
FIRST_EPHEMERAL_PORT = 1024
"""From here on answers go back (VPC user guide, network ACLs)."""


def check(acl: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a network ACL around no subnet, and entries that let through more than its tier needs; among its own subnets any port."""
    if not acl.items("subnetIds"):
        yield acl.problem("subnetIds", "is empty, so the ACL does nothing")
    around = {subnet.urn for subnet in stack.sources(acl, "subnetIds", SUBNET)}
    elsewhere = _networks([subnet for subnet in stack.of_type(SUBNET) if subnet.urn not in around])
    vpcs = _networks(stack.sources(acl, "vpcId", VPC))
    for way in ("ingress", "egress"):
        for entry in acl.items(way):
            if entry.value("action") == "allow":
                yield from _too_wide(entry, vpcs)
                low, high = entry.value("fromPort"), entry.value("toPort")
                narrow = low == high if way == "ingress" else low >= FIRST_EPHEMERAL_PORT
                if not narrow and any(_network(entry.value("cidrBlock")).overlaps(each) for each in elsewhere):
                    yield entry.problem("fromPort", "opens more than one port in, or than answers out, to another tier")


def _too_wide(entry: Properties, vpcs: Sequence[ipaddress.IPv4Network]) -> Iterator[Problem]:
    if entry.value("protocol") not in TCP:
        yield entry.problem("protocol", "is not TCP")
    if entry.value("ipv6CidrBlock", ""):
        yield entry.problem("ipv6CidrBlock", "names addresses outside the VPC")
    if not any(_network(entry.value("cidrBlock")).subnet_of(vpc) for vpc in vpcs):
        yield entry.problem("cidrBlock", "names addresses outside the VPC")


def _networks(resources: Sequence[Resource]) -> Sequence[ipaddress.IPv4Network]:
    return [_network(each.value("cidrBlock")) for each in resources]


def _network(cidr: str) -> ipaddress.IPv4Network:
    return ipaddress.IPv4Network(cidr)


RULE = StackRule(
    name="network_acl_in_use_and_closed",
    applies_to=(NETWORK_ACL,),
    check=check,
)
