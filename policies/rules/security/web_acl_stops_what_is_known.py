"""A web ACL blocks what AWS's baseline groups know, and whoever asks for too much."""

from collections.abc import Iterator

from components.managed_rules import BASELINE
from policies.rules.aws_types import WEB_ACL, WEB_ACL_RULE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.security.web_acl_pins_its_groups import GROUP
from policies.rules.stack import Stack

RATE = "statement.rateBasedStatement"


def check(acl: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a web ACL without the groups, with one that only counts, and one that lets an address ask without a limit."""
    rules = stack.dependents(acl, WEB_ACL_RULE, "webAclArn")
    acting = [rule for rule in rules if rule.has(GROUP) and rule.has("overrideAction.none")]
    for name in BASELINE:
        if name not in {rule.value(f"{GROUP}.name") for rule in acting if rule.value(f"{GROUP}.vendorName") == "AWS"}:
            yield acl.problem(name, "is not among the groups that block")
    if not any(_limits_everybody(rule) for rule in rules):
        yield acl.problem("", "has no rule that limits what one address may ask of the whole site")


def _limits_everybody(rule: Resource) -> bool:
    whole = rule.has(RATE) and not rule.has(f"{RATE}.scopeDownStatement") and rule.value(f"{RATE}.aggregateKeyType") == "IP"
    return whole and rule.has("action.block")


RULE = StackRule(
    name="web_acl_stops_what_is_known",
    applies_to=(WEB_ACL,),
    check=check,
)
