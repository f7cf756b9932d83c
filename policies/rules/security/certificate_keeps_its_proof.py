"""A certificate's proof stands in DNS: it is renewed by it."""

from collections.abc import Iterator

from policies.rules.aws_types import CERTIFICATE, RECORD
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(certificate: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a certificate without a record by which ACM finds the proof; an issued one lasts on, and ends when nobody looks."""
    by_name, by_content = (
        {record.urn for record in stack.dependents(certificate, RECORD, path) if record.has(path)} for path in ("name", "records")
    )
    if not by_name & by_content:
        yield certificate.problem("", "has no record in DNS that proves it")


RULE = StackRule(
    name="certificate_keeps_its_proof",
    applies_to=(CERTIFICATE,),
    check=check,
)
