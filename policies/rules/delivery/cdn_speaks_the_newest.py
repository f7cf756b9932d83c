"""The CDN answers over HTTP/3 and IPv6, and compresses by Brotli and gzip."""

from collections.abc import Iterator

from policies.rules.aws_types import CACHE_POLICY, DISTRIBUTION
from policies.rules.edge import behaviors
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

KEY = "parametersInCacheKeyAndForwardedToOrigin"
AWS_MOST_SECONDS = 31_536_000


def check(resource: Resource) -> Iterator[Problem]:
    """Find what makes answers slower than they need be; what is not kept cannot be compressed at the edge."""
    if resource.type == CACHE_POLICY:
        for path in (f"{KEY}.enableAcceptEncodingBrotli", f"{KEY}.enableAcceptEncodingGzip"):
            if resource.value("maxTtl", AWS_MOST_SECONDS) and not resource.value(path, default=False):
                yield resource.problem(path, "is not on")
        return
    if resource.value("httpVersion", "http2") != "http2and3":
        yield resource.problem("httpVersion", "leaves out HTTP/3")
    if not resource.value("isIpv6Enabled", default=False):
        yield resource.problem("isIpv6Enabled", "is not on")
    for behavior in behaviors(resource):
        if not behavior.value("compress", default=False):
            yield behavior.problem("compress", "is not on")


RULE = ResourceRule(
    name="cdn_speaks_the_newest",
    applies_to=(CACHE_POLICY, DISTRIBUTION),
    check=check,
)
