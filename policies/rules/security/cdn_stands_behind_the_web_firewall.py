"""The stack's web firewall looks at every request before the CDN answers it."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, WEB_ACL, WEB_ACL_RULE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a distribution without a web ACL of the stack; its ARN comes from the last rule, so that the first request meets all."""
    own = [*stack.sources(distribution, "webAclId", WEB_ACL), *stack.sources(distribution, "webAclId", WEB_ACL_RULE)]
    if not distribution.has("webAclId") or not own:
        yield distribution.problem("webAclId", "is no web ACL of the stack")


RULE = StackRule(
    name="cdn_stands_behind_the_web_firewall",
    applies_to=(DISTRIBUTION,),
    check=check,
)
