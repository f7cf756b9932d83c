"""A listener proves its name by a certificate of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import CERTIFICATE, CERTIFICATE_VALIDATION, LISTENER
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(listener: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a certificate from elsewhere: no rule here sees to its key, or that it renews itself."""
    own = [each for kind in (CERTIFICATE, CERTIFICATE_VALIDATION) for each in stack.sources(listener, "certificateArn", kind)]
    if listener.has("certificateArn") and not own:
        yield listener.problem("certificateArn", "is no certificate of the stack")


RULE = StackRule(
    name="listener_names_its_certificate",
    applies_to=(LISTENER,),
    check=check,
)
