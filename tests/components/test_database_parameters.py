import pulumi_aws as aws
import pytest

from tests.configs import Changes, rendered
from tests.rendering import Rendering


def parameters(stack: Rendering) -> dict[str, tuple[str, str]]:
    """Value and time of application by name."""
    group = stack.one(aws.rds.ParameterGroup, "database-parameters")
    return {found["name"]: (found["value"], found["applyMethod"]) for found in group.inputs["parameters"]}


def test_connections_are_encrypted_and_counted(new_stack: Rendering) -> None:
    """No other one is taken, and no more than config says."""
    told = parameters(new_stack)
    assert told["rds.force_ssl"] == ("1", "immediate")
    assert told["max_connections"] == ("400", "pending-reboot")


def test_what_only_a_restart_applies_waits_for_one(new_stack: Rendering) -> None:
    """AWS refuses to apply a static parameter at once."""
    told = parameters(new_stack)
    assert {name for name, (_, when) in told.items() if when == "pending-reboot"} == {"max_connections", "shared_preload_libraries"}
    assert told["shared_preload_libraries"][0] == "pg_stat_statements,auto_explain"


@pytest.mark.parametrize("name", ["log_min_duration_statement", "auto_explain.log_min_duration"])
def test_a_slow_statement_is_logged_with_its_plan(name: str) -> None:
    """What is slow, config says."""
    assert parameters(rendered({"database.slow_query_ms": 250}))[name] == ("250", "immediate")


def test_no_value_of_a_parameter_is_in_a_log(new_stack: Rendering) -> None:
    """Neither of slow statements, nor of failed ones, nor in plans."""
    told = parameters(new_stack)
    silent = {name for name in told if "parameter_max_length" in name}
    assert silent == {"log_parameter_max_length", "log_parameter_max_length_on_error", "auto_explain.log_parameter_max_length"}
    assert {told[name][0] for name in silent} == {"0"}


@pytest.mark.parametrize(("version", "known"), [("15.19", False), ("16.15", True), ("18.6", True)])
def test_the_family_and_its_parameters_follow_the_version(version: str, known: bool) -> None:  # noqa: FBT001 -- a case
    """What a major does not know yet is not told to it: auto_explain logs parameters from 16 on."""
    changes: Changes = {"database.version": version}
    stack = rendered(changes)
    assert stack.one(aws.rds.ParameterGroup, "database-parameters").inputs["family"] == f"postgres{version[:2]}"
    assert ("auto_explain.log_parameter_max_length" in parameters(stack)) is known


def test_what_waits_spills_and_repeats_is_recorded(new_stack: Rendering) -> None:
    """Locks, temporary files, and every statement of a few transactions; and a silent transaction ends."""
    told = {name: value for name, (value, _) in parameters(new_stack).items()}
    assert told["log_lock_waits"] == told["log_connections"] == told["log_disconnections"] == told["track_io_timing"] == "1"
    assert told["log_temp_files"] == "10240"
    assert told["log_transaction_sample_rate"] == "0.001"
    assert told["pg_stat_statements.track"] == "all"
    assert told["idle_in_transaction_session_timeout"] == "60000"
