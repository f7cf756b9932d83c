"""The database and its proxy log into groups of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, DATABASE_PROXY, LOG_GROUP
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

LOGS = frozenset({"iam-db-auth-error", "postgresql", "upgrade"})
"""All that RDS exports of PostgreSQL: who was not let in, what was slow or failed, what an upgrade did."""


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a log that is lost with its instance, and one for which RDS would make a group: one that never ends, by no key of the stack."""
    if resource.type == DATABASE_PROXY:
        logs = {f"/aws/rds/proxy/{resource.value('name')}"}
    else:
        exported = set(resource.value("enabledCloudwatchLogsExports", []))
        if not exported >= LOGS:
            yield resource.problem("enabledCloudwatchLogsExports", "leave out a log")
        logs = {f"/aws/rds/instance/{resource.value('identifier')}/{log}" for log in exported}
    if not logs <= {group.value("name", None) for group in stack.of_type(LOG_GROUP)}:
        yield resource.problem("", "has a log without a log group of the stack")


RULE = StackRule(
    name="database_exports_its_logs",
    applies_to=(DATABASE, DATABASE_PROXY),
    check=check,
)
