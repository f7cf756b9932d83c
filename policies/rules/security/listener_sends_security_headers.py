"""A listener holds browsers to TLS and to content types, and does not say what it runs on."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

HSTS = "routingHttpResponseStrictTransportSecurityHeaderValue"
NO_SNIFFING = "routingHttpResponseXContentTypeOptionsHeaderValue"


def check(listener: Resource) -> Iterator[Problem]:
    """Find a listener that answers and does not say so, or that tells which server answers."""
    if listener.value("protocol") == "HTTP":
        return
    if "max-age=31536000" not in listener.value(HSTS, ""):
        yield listener.problem(HSTS, "must hold browsers to TLS for a year")
    if listener.value(NO_SNIFFING, "") != "nosniff":
        yield listener.problem(NO_SNIFFING, 'must be "nosniff"')
    if listener.value("routingHttpResponseServerEnabled", default=True):
        yield listener.problem("routingHttpResponseServerEnabled", "is not off")


RULE = ResourceRule(
    name="listener_sends_security_headers",
    applies_to=(LISTENER,),
    check=check,
)
