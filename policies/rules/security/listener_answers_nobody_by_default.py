"""What no service's rule asks for is answered by the load balancer itself."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

OWN_ANSWERS = frozenset({"fixed-response", "redirect"})


def check(listener: Resource) -> Iterator[Problem]:
    """Find a listener that would pass on what nobody has asked for by a path."""
    actions = listener.items("defaultActions")
    if not actions or any(action.value("type") not in OWN_ANSWERS for action in actions):
        yield listener.problem("defaultActions", "must be a fixed answer or a redirect")


RULE = ResourceRule(
    name="listener_answers_nobody_by_default",
    applies_to=(LISTENER,),
    check=check,
)
