import re

import pulumi_aws as aws
import pytest

from components.database_queries import LINE, STATEMENT, WAIT
from tests.rendering import Rendering

PREFIX = "2026-11-28 03:00:00 UTC:10.20.1.7(52345):api@app:[4711]:LOG:  "
SLOW = f"{PREFIX}duration: 812.437 ms  execute <unnamed>: SELECT * FROM orders WHERE id = $1"
PLAIN = f"{PREFIX}duration: 0.061 ms  statement: SELECT 1"
BOUND = f"{PREFIX}duration: 0.061 ms  bind <unnamed>: SELECT 1"
LOCKED = (
    "2026-11-28 03:00:01 UTC:10.20.1.7(52345):web@app:[4712]:LOG:  process 4712 still waiting for ShareLock on transaction 731 "
    "after 1000.128 ms"
)


def parsed(command: str, line: str) -> dict[str, str]:
    """What a `parse` command of Logs Insights finds; its expressions are regular ones with Java's named groups."""
    found = re.fullmatch(r"parse @message /(.*)/", command)
    assert found
    match = re.search(found[1].replace("(?<", "(?P<"), line)
    return match.groupdict() if match else {}


def test_the_log_is_asked_for_what_goes_wrong_most(new_stack: Rendering) -> None:
    """Slow statements, statements in a loop, and locks; of every instance, replicas too."""
    queries = new_stack.of(aws.cloudwatch.QueryDefinition)
    names = ("slowest statements", "same statement many times a minute", "lock waits")
    assert {query.inputs["name"] for query in queries} == {f"switchyard/prod/database/{name}" for name in names}
    groups = {made.inputs["name"] for made in new_stack.of(aws.cloudwatch.LogGroup) if made.name.endswith("-statements")}
    assert len(groups) == 3
    assert all(set(query.inputs["logGroupNames"]) == groups for query in queries)


@pytest.mark.parametrize(
    ("line", "ms", "statement"), [(SLOW, "812.437", "SELECT * FROM orders WHERE id = $1"), (PLAIN, "0.061", "SELECT 1")]
)
def test_a_statement_is_found_in_a_line_of_rds(line: str, ms: str, statement: str) -> None:
    """Sent by either protocol; with who asked."""
    assert parsed(STATEMENT, line) == {"ms": ms, "statement": statement}
    assert parsed(LINE, line) == {"user": "api", "database": "app", "process": "4711"}


def test_a_statement_is_counted_once() -> None:
    """PostgreSQL logs a prepared one up to three times: parsed, bound, executed."""
    assert parsed(STATEMENT, BOUND) == {}


def test_a_wait_for_a_lock_is_found_in_a_line_of_rds() -> None:
    """Who waits, for what, and how long."""
    assert parsed(WAIT, LOCKED) == {
        "waits": "4712",
        "outcome": "still waiting for",
        "lock": "ShareLock",
        "what": "transaction 731",
        "ms": "1000.128",
    }


def test_a_query_is_one_that_logs_insights_reads(new_stack: Rendering) -> None:
    """A command a line, each after a bar; it is cut off at 50 rows."""
    for query in new_stack.of(aws.cloudwatch.QueryDefinition):
        commands = [line.split()[0] for line in query.inputs["queryString"].split("\n| ")]
        assert set(commands) <= {"filter", "parse", "stats", "sort", "limit"}
        assert commands[0] == "filter"
        assert query.inputs["queryString"].endswith("limit 50")
