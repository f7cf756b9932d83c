"""The database and its proxy answer over TLS only."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, DATABASE_PARAMETERS, DATABASE_PROXY
from policies.rules.databases import parameters
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

FORCED = "rds.force_ssl"


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an instance with AWS's own parameters, which nobody here has read, and a group or a proxy that lets clients choose."""
    if resource.type == DATABASE:
        if not stack.sources(resource, "parameterGroupName", DATABASE_PARAMETERS):
            yield resource.problem("parameterGroupName", "is no parameter group of the stack")
    elif resource.type == DATABASE_PARAMETERS:
        if parameters(resource).get(FORCED) != "1":
            yield resource.problem("parameters", "do not force clients to come by TLS")
    elif not resource.value("requireTls", default=False):
        yield resource.problem("requireTls", "is not on")


RULE = StackRule(
    name="database_speaks_tls_only",
    applies_to=(DATABASE, DATABASE_PARAMETERS, DATABASE_PROXY),
    check=check,
)
