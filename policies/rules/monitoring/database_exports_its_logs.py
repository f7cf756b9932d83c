"""The database and its proxy log who comes and what is slow, into groups of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, DATABASE_PARAMETERS, DATABASE_PROXY, LOG_GROUP
from policies.rules.databases import parameters
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

LOGS = frozenset({"iam-db-auth-error", "postgresql", "upgrade"})
"""All that RDS exports of PostgreSQL: who was not let in, what was slow or failed, what an upgrade did."""
ON = ("log_connections", "log_disconnections", "log_lock_waits")
LIBRARIES = frozenset({"auto_explain", "pg_stat_statements"})
"""Without them a slow statement has neither a plan nor a count."""


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a log that is lost with its instance, and one for which RDS would make a group: one that never ends, by no key of the stack."""
    if resource.type == DATABASE_PARAMETERS:
        yield from _silent(resource)
        return
    if resource.type == DATABASE_PROXY:
        logs = {f"/aws/rds/proxy/{resource.value('name')}"}
    else:
        exported = set(resource.value("enabledCloudwatchLogsExports", []))
        if not exported >= LOGS:
            yield resource.problem("enabledCloudwatchLogsExports", "leave out a log")
        logs = {f"/aws/rds/instance/{resource.value('identifier')}/{log}" for log in exported}
    if not logs <= {group.value("name", None) for group in stack.of_type(LOG_GROUP)}:
        yield resource.problem("", "has a log without a log group of the stack")


def _silent(group: Resource) -> Iterator[Problem]:
    told = parameters(group)
    if any(told.get(name) != "1" for name in ON):
        yield group.problem("parameters", "leave out who connects, who leaves or who waits")
    if int(told.get("log_min_duration_statement", "-1")) < 0 or not set(told.get("shared_preload_libraries", "").split(",")) >= LIBRARIES:
        yield group.problem("parameters", "leave out what is slow, or why")


RULE = StackRule(
    name="database_exports_its_logs",
    applies_to=(DATABASE, DATABASE_PARAMETERS, DATABASE_PROXY),
    check=check,
)
