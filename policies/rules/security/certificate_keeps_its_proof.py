"""A certificate's proof stands in DNS: it is renewed by it."""

from collections.abc import Iterator

from policies.rules.aws_types import CERTIFICATE, RECORD
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(certificate: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a certificate without a record by which ACM finds the proof; an issued one lasts on, and ends when nobody looks.

    One record proves all certificates that an account has of a name, in whatever region.
    """
    name = certificate.value("domainName", None)
    alike = [each for each in stack.of_type(CERTIFICATE) if each.value("domainName", None) == name]
    if not any(_proven(each, stack) for each in alike):
        yield certificate.problem("", "has no record in DNS that proves it")


def _proven(certificate: Resource, stack: Stack) -> bool:
    by_name, by_content = (
        {record.urn for record in stack.dependents(certificate, RECORD, path) if record.has(path)} for path in ("name", "records")
    )
    return bool(by_name & by_content)


RULE = StackRule(
    name="certificate_keeps_its_proof",
    applies_to=(CERTIFICATE,),
    check=check,
)
