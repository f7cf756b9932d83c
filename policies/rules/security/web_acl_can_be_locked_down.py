"""A web ACL has a rule that can keep everybody out who is in no listed network."""

from collections.abc import Iterator

from policies.rules.aws_types import IP_SET, WEB_ACL, WEB_ACL_RULE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

OUTSIDE = "statement.notStatement.statement.orStatement.statements"
VERSIONS = {"IPV4", "IPV6"}


def check(acl: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an ACL that an operator would turn to in vain, and a rule that lets somebody in or is asked too late."""
    rules = stack.dependents(acl, WEB_ACL_RULE, "webAclArn")
    locks = [rule for rule in rules if rule.has(OUTSIDE)]
    if not locks:
        yield acl.problem("", "has no rule for whoever is in no listed network")
    for lock in locks:
        sets = stack.sources(lock, "statement", IP_SET)
        named = [entry for entry in lock.items(OUTSIDE) if entry.has("ipSetReferenceStatement.arn")]
        if {each.value("ipAddressVersion") for each in sets} != VERSIONS or len(named) != len(sets):
            yield lock.problem("statement", "does not know both kinds of networks")
        if not lock.has("action.block") and not lock.has("action.count"):
            yield lock.problem("action", "neither blocks nor counts")
        if lock.value("priority") != min(rule.value("priority") for rule in rules):
            yield lock.problem("priority", "is not the first to look")


RULE = StackRule(
    name="web_acl_can_be_locked_down",
    applies_to=(WEB_ACL,),
    check=check,
)
