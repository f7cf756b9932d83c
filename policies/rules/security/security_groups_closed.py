"""Only the CDN's address list and other groups of the stack may open a connection; nothing is reachable from anywhere."""

import ipaddress
from collections.abc import Iterator

from policies.rules.aws_types import OLD_SECURITY_GROUP_RULE, SECURITY_GROUP, SECURITY_GROUP_INGRESS_RULE
from policies.rules.layer import ResourceRule, Severity
from policies.rules.properties import Problem
from policies.rules.resource import Resource

PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
"""RFC 1918 and RFC 4193. `ip_network.is_private` will not do: some Pythons call 0.0.0.0/0 private."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find rules that stand in the group itself or are of the old kind, and ways in for addresses outside private networks."""
    if resource.type == OLD_SECURITY_GROUP_RULE:
        yield resource.problem("", "is of a kind that fights with the rules of this stack")
    elif resource.type == SECURITY_GROUP:
        for direction in ("ingress", "egress"):
            if resource.items(direction):
                yield resource.problem(direction, "holds rules inline, which fight with rules of their own")
    else:
        for family in ("cidrIpv4", "cidrIpv6"):
            if resource.has(family) and not _private(resource.value(family)):
                yield resource.problem(family, "lets in addresses outside private networks")


def _private(cidr: str) -> bool:
    network = ipaddress.ip_network(cidr, strict=False)
    return any(network.network_address in block and network.prefixlen >= block.prefixlen for block in PRIVATE)


RULE = ResourceRule(
    name="security_groups_closed",
    description="Security groups let in other groups, prefix lists and private networks only, each by a rule resource of its own.",
    severity=Severity.CRITICAL,
    applies_to=(SECURITY_GROUP, SECURITY_GROUP_INGRESS_RULE, OLD_SECURITY_GROUP_RULE),
    remedy="Let in a group or a prefix list by aws.vpc.SecurityGroupIngressRule, as components/firewall.py does; users come by the CDN.",
    controls=("EC2.13", "EC2.14", "EC2.18", "EC2.19", "CIS 5.3", "CIS 5.4"),
    check=check,
)
