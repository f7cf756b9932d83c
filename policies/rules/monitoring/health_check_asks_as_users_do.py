"""Somebody outside asks for every name of the CDN as users do, unless the public is kept out."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, HEALTH_CHECK, WEB_ACL_RULE
from policies.rules.edge import rests
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.security.web_acl_can_be_locked_down import OUTSIDE
from policies.rules.stack import Stack

ASKS = {"type": "HTTPS", "enableSni": True, "port": 443}


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a name that nobody asks for, one who asks otherwise than users do, and one who rests though everybody may come."""
    checks = [each for each in stack.of_type(HEALTH_CHECK) if each.value("fqdn", None) in distribution.value("aliases")]
    if {each.value("fqdn") for each in checks} != set(distribution.value("aliases")):
        yield distribution.problem("aliases", "hold a name that no health check asks for")
    for each in checks:
        for path, wanted in ASKS.items():
            if each.value(path, None) != wanted:
                yield each.problem(path, "is not how users come")
        if rests(each) and not _keeps_the_public_out(stack):
            yield each.problem("disabled", "is on though everybody may come")


def _keeps_the_public_out(stack: Stack) -> bool:
    return any(rule.has(OUTSIDE) and rule.has("action.block") for rule in stack.of_type(WEB_ACL_RULE))


RULE = StackRule(
    name="health_check_asks_as_users_do",
    applies_to=(DISTRIBUTION,),
    check=check,
)
