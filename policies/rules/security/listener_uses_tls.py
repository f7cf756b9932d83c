"""A listener speaks HTTPS on its port, by a modern policy."""

from collections.abc import Iterator

from policies.rules.aws_types import LISTENER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

MODERN_POLICIES = frozenset(
    {
        "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
        "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    }
)
"""TLS 1.2 with restricted ciphers at least, and post-quantum key exchange (AWS: Security policies for your Application Load Balancer)."""
HTTPS_PORT = 443
"""The one port that the load balancer's security group lets in."""


def check(listener: Resource) -> Iterator[Problem]:
    """Find a listener that speaks plain HTTP (also one that redirects: the CDN asks by HTTPS only), or TLS that is not ours to trust."""
    if listener.value("protocol") != "HTTPS":
        yield listener.problem("protocol", "must be HTTPS")
        return
    if listener.value("port") != HTTPS_PORT:
        yield listener.problem("port", "must be 443")
    if listener.value("sslPolicy") not in MODERN_POLICIES:
        yield listener.problem("sslPolicy", "is not one of the modern policies")
    if not listener.has("certificateArn"):
        yield listener.problem("certificateArn", "is not set")


RULE = ResourceRule(
    name="listener_uses_tls",
    applies_to=(LISTENER,),
    check=check,
)
