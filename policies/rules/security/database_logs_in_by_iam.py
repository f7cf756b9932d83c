"""Services log in to the database, and to its proxy, by IAM."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, DATABASE_PROXY
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    """Find an instance that knows passwords alone, and a proxy that takes one, or has one to log in with."""
    if resource.type == DATABASE:
        if not resource.value("iamDatabaseAuthenticationEnabled", default=False):
            yield resource.problem("iamDatabaseAuthenticationEnabled", "is not on")
        return
    if resource.value("defaultAuthScheme", "NONE") != "IAM_AUTH":
        yield resource.problem("defaultAuthScheme", "is not IAM's, so that it takes passwords")
    if resource.items("auths"):
        yield resource.problem("auths", "log in by passwords")


RULE = ResourceRule(
    name="database_logs_in_by_iam",
    applies_to=(DATABASE, DATABASE_PROXY),
    check=check,
)
