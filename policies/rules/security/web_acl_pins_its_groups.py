"""A group of rules that AWS maintains has the version that was tried."""

from collections.abc import Iterator

from components.managed_rules import GROUPS
from policies.rules.aws_types import WEB_ACL_RULE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

GROUP = "statement.managedRuleGroupStatement"


def check(rule: Resource) -> Iterator[Problem]:
    """Find a group that AWS may change overnight, and one that nobody here knows."""
    if not rule.has(GROUP):
        return
    known = GROUPS.get(rule.value(f"{GROUP}.name"))
    if not known or rule.value(f"{GROUP}.vendorName") != "AWS":
        yield rule.problem(GROUP, "is no group that has been reviewed")
    elif known.versioned and not rule.has(f"{GROUP}.version"):
        yield rule.problem(GROUP, "names no version")


RULE = ResourceRule(
    name="web_acl_pins_its_groups",
    applies_to=(WEB_ACL_RULE,),
    check=check,
)
