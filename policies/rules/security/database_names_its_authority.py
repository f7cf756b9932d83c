"""Which authority signs the database's certificate is config's choice, not AWS's of the day."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

AUTHORITIES = frozenset({"rds-ca-ecc384-g1", "rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1"})
"""Those that have not ended (RDS user guide, "Certificate authorities")."""


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance without an authority, or with one that has ended."""
    if instance.value("caCertIdentifier") not in AUTHORITIES:
        yield instance.problem("caCertIdentifier", "is no authority that clients trust")


RULE = ResourceRule(
    name="database_names_its_authority",
    applies_to=(DATABASE,),
    check=check,
)
