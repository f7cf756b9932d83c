"""A listener speaks TLS by a modern policy, or does nothing but redirect to one that does."""

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


def check(listener: Resource) -> Iterator[Problem]:
    """Find a listener that speaks plain HTTP (but to redirect), or TLS by a policy or certificate that is not ours to trust."""
    if listener.value("protocol") == "HTTPS":
        if listener.value("sslPolicy") not in MODERN_POLICIES:
            yield listener.problem("sslPolicy", "is not one of the modern policies")
        if not listener.has("certificateArn"):
            yield listener.problem("certificateArn", "is not set")
    elif listener.value("protocol") != "HTTP":
        yield listener.problem("protocol", "must be HTTPS, or HTTP that redirects to it")
    else:
        actions = listener.items("defaultActions")
        if len(actions) != 1 or actions[0].value("redirect.protocol", None) != "HTTPS":
            yield listener.problem("defaultActions", "must be one redirect to HTTPS")


RULE = ResourceRule(
    name="listener_uses_tls",
    applies_to=(LISTENER,),
    check=check,
)
