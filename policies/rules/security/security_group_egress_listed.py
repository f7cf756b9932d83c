"""What a group may connect to is listed; any address is reached by HTTPS only."""

from collections.abc import Iterator

from policies.rules.aws_types import SECURITY_GROUP_EGRESS_RULE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

HTTPS = 443
ANYWHERE = frozenset({"0.0.0.0/0", "::/0"})


def check(way_out: Resource) -> Iterator[Problem]:
    """Find a way out to any address on anything but HTTPS."""
    ports = {way_out.value("fromPort", None), way_out.value("toPort", None)}
    for family in ("cidrIpv4", "cidrIpv6"):
        if way_out.has(family) and way_out.value(family) in ANYWHERE and ports != {HTTPS}:
            yield way_out.problem(family, "lets out to any address on other ports than HTTPS")


RULE = ResourceRule(
    name="security_group_egress_listed",
    applies_to=(SECURITY_GROUP_EGRESS_RULE,),
    check=check,
)
