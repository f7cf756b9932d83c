"""What PostgreSQL is told: encrypted connections only, a limit to them, and a record of what is slow, waits or spills."""

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from settings_database import Database
from settings_database_versions import version_of

AT_RESTART, AT_ONCE = "pending-reboot", "immediate"
LIBRARIES = "pg_stat_statements,auto_explain"
"""Loaded at the start of the server, so that a slow statement is explained by the next connection's, not by the next release."""
IDLE_IN_TRANSACTION_MS = 60_000
"""A transaction on which nothing is said holds its locks; the session ends."""
LARGE_TEMP_KB = 10_240
"""A sort or a join that spills more than 10 MiB to disk is logged."""
SAMPLED = 0.001
"""The share of transactions of which every statement is logged: enough to count what is asked again and again."""
EXPLAINS_PARAMETERS_FROM = 16
"""The first major whose auto_explain logs parameters unless it is told not to."""


@dataclass(frozen=True, kw_only=True)
class DatabaseParametersArgs:
    """The section that says what is slow, and how many may connect."""

    config: Database
    """`switchyard:database`."""


class DatabaseParameters(pulumi.ComponentResource):
    """A parameter group that every instance of the database has, replicas too.

    No value of a parameter is logged, neither of slow statements nor of failed ones. What is said to wait for a restart waits for the
    maintenance window. Another major version has another group. Not stateful; costs nothing.
    """

    name: pulumi.Output[str]
    """The parameter group."""

    def __init__(self, name: str, args: DatabaseParametersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseParameters", name, None, opts)
        self.name = self._group(name, args.config).name
        self.register_outputs({})

    def _group(self, name: str, config: Database) -> aws.rds.ParameterGroup:
        return aws.rds.ParameterGroup(
            name,
            description="Encrypted connections, and a record of slow statements without their values",
            family=f"postgres{version_of(config.version)[0]}",
            parameters=[*_at_restart(config), *_at_once(config)],
            opts=pulumi.ResourceOptions(parent=self),
        )


def _at_restart(config: Database) -> Iterator[aws.rds.ParameterGroupParameterArgs]:
    for name, value in {"max_connections": config.connections, "shared_preload_libraries": LIBRARIES}.items():
        yield aws.rds.ParameterGroupParameterArgs(name=name, value=str(value), apply_method=AT_RESTART)


def _at_once(config: Database) -> Iterator[aws.rds.ParameterGroupParameterArgs]:
    for name, value in sorted({**_recorded(config), **_closed(config)}.items()):
        yield aws.rds.ParameterGroupParameterArgs(name=name, value=str(value), apply_method=AT_ONCE)


def _recorded(config: Database) -> dict[str, object]:
    """What is logged and counted."""
    return {
        "auto_explain.log_analyze": 0,
        "auto_explain.log_format": "text",
        "auto_explain.log_min_duration": config.slow_query_ms,
        "auto_explain.log_nested_statements": 1,
        "log_connections": 1,
        "log_disconnections": 1,
        "log_lock_waits": 1,
        "log_min_duration_statement": config.slow_query_ms,
        "log_temp_files": LARGE_TEMP_KB,
        "log_transaction_sample_rate": SAMPLED,
        "pg_stat_statements.track": "all",
        "track_io_timing": 1,
    }


def _closed(config: Database) -> dict[str, object]:
    """What is kept out: plain connections, values in logs, sessions that hold locks and say nothing."""
    explained = version_of(config.version)[0] >= EXPLAINS_PARAMETERS_FROM
    return {
        **({"auto_explain.log_parameter_max_length": 0} if explained else {}),
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
        "rds.force_ssl": 1,
    }
