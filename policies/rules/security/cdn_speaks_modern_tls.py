"""The CDN speaks TLS of today, with users and with the load balancer."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, VPC_ORIGIN
from policies.rules.edge import behaviors
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

FLOORS = frozenset({"TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"})
"""What CloudFront.15 asks for; its default is TLSv1."""
TO_HTTPS = frozenset({"redirect-to-https", "https-only"})
INSIDE = frozenset({"TLSv1.2"})
"""The newest that CloudFront speaks to an origin."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find a way on which somebody may be asked, or ask, without TLS, or by an old version of it."""
    if resource.type == DISTRIBUTION:
        yield from _with_users(resource)
    else:
        config = resource.inputs.part("vpcOriginEndpointConfig")
        if config.value("originProtocolPolicy") != "https-only":
            yield config.problem("originProtocolPolicy", "lets the CDN ask the load balancer without TLS")
        if not set(config.value("originSslProtocols.items")) <= INSIDE:
            yield config.problem("originSslProtocols.items", "let the CDN ask by an old version of TLS")


def _with_users(distribution: Resource) -> Iterator[Problem]:
    for behavior in behaviors(distribution):
        if behavior.value("viewerProtocolPolicy") not in TO_HTTPS:
            yield behavior.problem("viewerProtocolPolicy", "answers plain HTTP")
    certificate = distribution.inputs.part("viewerCertificate")
    if certificate.value("minimumProtocolVersion", "TLSv1") not in FLOORS:
        yield certificate.problem("minimumProtocolVersion", "lets in an old version of TLS")
    if certificate.value("sslSupportMethod", "vip") != "sni-only":
        yield certificate.problem("sslSupportMethod", 'must be "sni-only"')


RULE = ResourceRule(
    name="cdn_speaks_modern_tls",
    applies_to=(DISTRIBUTION, VPC_ORIGIN),
    check=check,
)
