"""Certificates have strong keys, prove no wildcard, and renew themselves."""

from collections.abc import Iterator

from policies.rules.aws_types import CERTIFICATE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

STRONG = frozenset({"RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"})


def check(certificate: Resource) -> Iterator[Problem]:
    """Find a certificate with a weak key, for names that nobody has thought of, or that does not renew itself."""
    if certificate.value("keyAlgorithm", "RSA_2048") not in STRONG:
        yield certificate.problem("keyAlgorithm", "must be RSA with 2048 bits or more, or an elliptic curve")
    if any("*" in name for name in (certificate.value("domainName", ""), *certificate.value("subjectAlternativeNames", []))):
        yield certificate.problem("domainName", "must be a name: a wildcard proves those that nobody has thought of")
    if certificate.value("validationMethod", "") != "DNS":
        yield certificate.problem("validationMethod", "must be DNS")


RULE = ResourceRule(
    name="certificate_strong_and_renewed",
    applies_to=(CERTIFICATE,),
    check=check,
)
