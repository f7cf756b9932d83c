"""Every name of the CDN leads to it, by IPv4 and by IPv6, and it answers."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, RECORD
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FAMILIES = ("A", "AAAA")


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a name under which some, or all, do not come."""
    records = stack.dependents(distribution, RECORD, "aliases")
    led = {(record.value("name"), record.value("type")) for record in records if record.items("aliases")}
    if not led >= {(name, family) for name in distribution.value("aliases") for family in FAMILIES}:
        yield distribution.problem("aliases", "hold a name that no pair of alias records leads here")
    if not distribution.value("enabled"):
        yield distribution.problem("enabled", "is off, so nobody answers")


RULE = StackRule(
    name="names_lead_to_the_cdn",
    applies_to=(DISTRIBUTION,),
    check=check,
)
