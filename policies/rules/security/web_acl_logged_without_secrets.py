"""What a web ACL sees is logged, and no secret with it."""

from collections.abc import Iterator

from policies.rules.aws_types import WEB_ACL, WEB_ACL_LOGGING
from policies.rules.delivery.preview_asks_for_the_token import HEADER
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

SECRET = ("authorization", "cookie", HEADER)
"""Headers that let whoever reads them in."""


def check(acl: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a web ACL whose requests nobody can look up afterwards, and a log that would be worth stealing."""
    logs = stack.dependents(acl, WEB_ACL_LOGGING, "resourceArn")
    if not logs:
        yield acl.problem("", "has no log")
    for log in logs:
        if log.has("loggingFilter"):
            yield log.problem("loggingFilter", "leaves requests out")
        redacted = {field.value("singleHeader.name", None) for field in log.items("redactedFields")}
        if not redacted >= set(SECRET):
            yield log.problem("redactedFields", "leave a header with a secret in the log")


RULE = StackRule(
    name="web_acl_logged_without_secrets",
    applies_to=(WEB_ACL,),
    check=check,
)
