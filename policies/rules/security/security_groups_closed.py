"""Security groups let in other groups, prefix lists and private networks only, each by a rule resource of its own."""

import ipaddress
from collections.abc import Iterator

from policies.rules.aws_types import SECURITY_GROUP, SECURITY_GROUP_INGRESS_RULE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
"""RFC 1918 and RFC 4193. `ip_network.is_private` will not do: some Pythons call 0.0.0.0/0 private."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find rules that stand in the group itself, and ways in for addresses outside private networks."""
    if resource.type == SECURITY_GROUP:
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
    applies_to=(SECURITY_GROUP, SECURITY_GROUP_INGRESS_RULE),
    check=check,
)
