"""Who wants to see an idle color has to know its token."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER_RULE, RANDOM_PASSWORD
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.traffic import moves_traffic

HEADER = "x-switchyard-preview"


def check(listener_rule: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a rule to one color that users' requests meet: it stands before the traffic rule, and would take all of them."""
    if moves_traffic(listener_rule):
        return
    headers = [each for each in listener_rule.items("conditions") if each.value("httpHeader.httpHeaderName", "") == HEADER]
    if len(headers) != 1 or not headers[0].items("httpHeader.values"):
        yield listener_rule.problem("conditions", "do not ask for the preview header")
    elif not stack.sources(listener_rule, "conditions", RANDOM_PASSWORD):
        yield listener_rule.problem("conditions", "ask for a token that is not made for this stack")


RULE = StackRule(
    name="preview_asks_for_the_token",
    applies_to=(LISTENER_RULE,),
    check=check,
)
