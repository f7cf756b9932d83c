"""A network ACL stands around subnets and lets in the addresses that it names."""

from collections.abc import Iterator

from policies.rules.aws_types import NETWORK_ACL
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

ANYWHERE = frozenset({"0.0.0.0/0", "::/0"})


def check(acl: Resource) -> Iterator[Problem]:
    """Find a network ACL around no subnet, and one that lets in any address."""
    if not acl.items("subnetIds"):
        yield acl.problem("subnetIds", "is empty, so the ACL does nothing")
    for way_in in acl.items("ingress"):
        for family in ("cidrBlock", "ipv6CidrBlock"):
            if way_in.value("action") == "allow" and way_in.value(family, None) in ANYWHERE:
                yield way_in.problem(family, "lets in any address")


RULE = ResourceRule(
    name="network_acl_in_use_and_closed",
    applies_to=(NETWORK_ACL,),
    check=check,
)
