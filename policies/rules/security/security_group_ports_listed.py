"""A security group's rule opens one port of one protocol."""

from collections.abc import Iterator

from policies.rules.aws_types import SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

PROTOCOLS = frozenset({"tcp", "udp"})


def check(opening: Resource) -> Iterator[Problem]:
    """Find a rule for every protocol, or for a range of ports."""
    if opening.value("ipProtocol") not in PROTOCOLS:
        yield opening.problem("ipProtocol", "must be tcp or udp")
    if not opening.value("fromPort", 0) or opening.value("fromPort") != opening.value("toPort", None):
        yield opening.problem("toPort", "must be the one port that fromPort names")


RULE = ResourceRule(
    name="security_group_ports_listed",
    applies_to=(SECURITY_GROUP_EGRESS_RULE, SECURITY_GROUP_INGRESS_RULE),
    check=check,
)
