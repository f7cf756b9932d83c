"""Every answer of the CDN tells browsers what a page may do, who may frame it, and to come by TLS only."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, RESPONSE_HEADERS
from policies.rules.edge import behaviors, is_public, named
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

YEAR_SECONDS = 31_536_000
HSTS = "securityHeadersConfig.strictTransportSecurity"
WHOLE = (f"{HSTS}.includeSubdomains", f"{HSTS}.override", "securityHeadersConfig.contentTypeOptions.override")
"""What holds for the whole name, so that no service may say otherwise."""
NEEDED = ("securityHeadersConfig.frameOptions.frameOption", "securityHeadersConfig.referrerPolicy.referrerPolicy")
CONTENT = "securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy"
OTHERS = frozenset(
    {"permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "x-permitted-cross-domain-policies"}
)
"""Headers that CloudFront knows by no property of their own."""
TELLTALES = frozenset({"server", "x-powered-by"})
REPORTED = "content-security-policy-report-only"
"""What a new policy may be sent as, before it counts."""


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a path whose answers lack the headers, and headers that lack something."""
    if resource.type == DISTRIBUTION:
        for behavior in behaviors(resource):
            if not named(behavior, "responseHeadersPolicyId", RESPONSE_HEADERS, stack):
                yield behavior.problem("responseHeadersPolicyId", "is no policy of the stack")
        return
    if is_public(stack) and resource.value(f"{HSTS}.accessControlMaxAgeSec") < YEAR_SECONDS:
        yield resource.problem(HSTS, "holds browsers to TLS for less than a year")
    for path in WHOLE:
        if not resource.value(path, default=False):
            yield resource.problem(path, "is not on")
    for path in NEEDED:
        if not resource.value(path, ""):
            yield resource.problem(path, "is not set")
    yield from _written_out(resource)


def _written_out(resource: Resource) -> Iterator[Problem]:
    sent = {item.value("header").lower() for item in resource.items("customHeadersConfig.items")}
    if not resource.value(CONTENT, "") and REPORTED not in sent:
        yield resource.problem(CONTENT, "is not set")
    if not sent >= OTHERS:
        yield resource.problem("customHeadersConfig", "lack a header that keeps a page apart from others")
    if not {item.value("header").lower() for item in resource.items("removeHeadersConfig.items")} >= TELLTALES:
        yield resource.problem("removeHeadersConfig", "let a service say what it runs on")


RULE = StackRule(
    name="cdn_sends_security_headers",
    applies_to=(DISTRIBUTION, RESPONSE_HEADERS),
    check=check,
)
