"""The CDN answers by names of its own, each covered by a certificate that the stack has issued."""

from collections.abc import Iterator

from policies.rules.aws_types import CERTIFICATE, CERTIFICATE_VALIDATION, DISTRIBUTION
from policies.rules.edge import EDGE_REGION
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a distribution under AWS's name, with a certificate that nobody here renews, or under a name at which browsers would warn."""
    names = set(distribution.value("aliases", []))
    if not names:
        yield distribution.problem("aliases", "are none, so users would come by a name of AWS's")
    issued = stack.sources(distribution, "viewerCertificate", CERTIFICATE_VALIDATION)
    certificates = [each for validation in issued for each in stack.sources(validation, "certificateArn", CERTIFICATE)]
    if not distribution.has("viewerCertificate.acmCertificateArn") or not certificates:
        yield distribution.problem("viewerCertificate", "is none that the stack has issued")
    for certificate in certificates:
        if certificate.value("region", None) != EDGE_REGION:
            yield certificate.problem("region", "is one from which CloudFront takes no certificate")
        covered = {certificate.value("domainName"), *certificate.value("subjectAlternativeNames", [])}
        if not all(covered & {name, f"*.{name.partition('.')[2]}"} for name in names):
            yield distribution.problem("aliases", "are more than the certificate covers")


RULE = StackRule(
    name="cdn_certificate_covers_its_names",
    applies_to=(DISTRIBUTION,),
    check=check,
)
