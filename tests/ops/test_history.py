"""`switchyard history`: the engine's record and git's, as one."""

import json
import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pulumi.automation as auto
import pytest
from botocore.exceptions import EndpointConnectionError

from ops import history as module
from ops.errors import Exit
from ops.history import Entry, Source, commits, history, last_of
from ops.signature import parted, signed
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn

ALICE = "arn:aws:sts::123456789012:assumed-role/deploy/alice"


def update(
    hour: int, message: str, result: str = "succeeded", changes: Mapping[Any, int] | None = None, kind: str = "update"
) -> auto.UpdateSummary:
    """An update in the engine's record, which knows its times without a zone."""
    started = datetime(2026, 1, 1, hour)  # noqa: DTZ001 -- as the SDK has it
    counted = {"same": 250, "update": 1} if changes is None else changes
    return auto.UpdateSummary(kind, started, message, {}, {}, result, resource_changes=counted or None)  # type: ignore[arg-type]  # by its JSON


@pytest.fixture(autouse=True)
def no_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave git out, whose record is that of whoever runs the tests."""
    monkeypatch.setattr(module, "commits", lambda *_: iter(()))


def git(folder: Path, *words: str, hour: int = 0) -> None:
    """Run git as Bob."""
    when = f"2026-01-01T{hour:02}:30:00+00:00"
    who = {"GIT_AUTHOR_NAME": "Bob", "GIT_AUTHOR_EMAIL": "bob@example.com", "GIT_COMMITTER_NAME": "Bob", "GIT_COMMITTER_EMAIL": "b@x"}
    times = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, env={**os.environ, **who, **times})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a checkout in which the stack file was committed twice, and something else in between."""
    git(tmp_path, "init", "-q")
    for hour, (name, message) in enumerate([("Pulumi.staging.yaml", "first"), ("README.md", "other"), ("Pulumi.staging.yaml", "second")]):
        (tmp_path / name).write_text(message, encoding="utf-8")
        git(tmp_path, "add", name, hour=hour)
        git(tmp_path, "commit", "-q", "-m", message, hour=hour)
    return tmp_path


def test_the_record_says_who_did_what_and_when(stack: StandIn, run: Run) -> None:
    """The latest first, with the number of resources that changed."""
    stack.past = [
        update(3, f"promote api, by {ALICE}"),
        update(2, "up", "failed", {"same": 1, "create": 4, "delete": 1}),
        update(1, "", kind="refresh", changes={}),
    ]
    result = run("history")
    lines = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines() if "│" in line]
    local = datetime(2026, 1, 1, 3, tzinfo=UTC).astimezone()
    assert result.exit_code == Exit.DONE
    assert [f"{local:%Y-%m-%d %H:%M}", "promote api", "1", "succeeded", "deploy/alice"] in lines
    assert lines[1][1:] == ["up", "5", "failed", ""]
    assert lines[2][1:4] == ["refresh:", "", "succeeded"]


def test_programs_get_the_time_with_its_zone(stack: StandIn, run: Run) -> None:
    """And the whole ARN."""
    stack.past = [update(3, f"up, by {ALICE}")]
    [entry] = json.loads(run("history", "--json").stdout)
    assert entry == {
        "when": "2026-01-01T03:00:00+00:00",
        "source": "engine",
        "kind": "update",
        "result": "succeeded",
        "changed": 1,
        "message": "up",
        "who": ALICE,
    }


def test_commits_of_the_stack_file_are_told_among_the_updates(stack: StandIn, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By time; other files' are not, and there are no more than were asked for."""
    monkeypatch.setattr(module, "commits", lambda name, limit: commits(name, limit, str(repository)))
    stack.past = [update(1, "between"), update(0, "before")]
    told = [(entry.message, entry.source, entry.result, entry.author) for entry in history(stack, 3)]
    assert told == [
        ("second", Source.GIT, "committed", "Bob"),
        ("between", Source.ENGINE, "succeeded", ""),
        ("first", Source.GIT, "committed", "Bob"),
    ]


@pytest.mark.parametrize("missing", ["no repository", "no git"])
def test_without_git_the_engines_record_is_all(tmp_path: Path, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that was unpacked somewhere works as well."""
    if missing == "no git":
        monkeypatch.setenv("PATH", "")
    assert list(commits("staging", 5, str(tmp_path))) == []


def test_only_so_many_are_asked_for(stack: StandIn, run: Run) -> None:
    """The engine's record grows for years."""
    stack.past = [update(hour, f"number {hour}") for hour in range(9, 0, -1)]
    assert [entry["message"] for entry in json.loads(run("history", "--limit", "2", "--json").stdout)] == ["number 9", "number 8"]


def test_a_limit_of_nothing_is_refused(run: Run) -> None:
    """It would look like a stack without a past."""
    result = run("history", "--limit", "0")
    assert result.exit_code == Exit.BAD_INPUT
    assert "--limit is 1 or more, and not 0." in result.stderr


def test_a_message_is_signed_with_the_caller_that_aws_knows(stack: StandIn) -> None:
    """And parted again for the reader."""
    text = signed("promote api: green is live", stack.target)
    assert text.startswith("promote api: green is live, by arn:aws:sts::123456789012:")
    assert parted(text) == ("promote api: green is live", text.rpartition(" ")[2])


@pytest.mark.parametrize("text", ["up", "moved by arn: of god", "up, by somebody", ""])
def test_a_message_without_signature_is_left_as_it_is(text: str) -> None:
    """Updates of other tools, and of older days."""
    assert parted(text) == (text, "")


def test_who_it_was_stops_nothing(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rollback goes on where AWS does not say. Given: the emulator says it always."""

    def silent(_service: str, _region: str = "") -> Any:
        raise EndpointConnectionError(endpoint_url="https://sts")

    monkeypatch.setattr(stack.target, "client", silent)
    assert signed("rollback api", stack.target) == "rollback api"


def entry(message: str, result: str = "succeeded", changed: int | None = 1, source: Source = Source.ENGINE) -> Entry:
    """An entry of no particular time."""
    return Entry(datetime(2026, 1, 1, tzinfo=UTC), source, "update", result, changed, message, "")


@pytest.mark.parametrize(
    ("message", "concerned"),
    [
        ("promote api: green is live", True),
        ("roll back web, api", True),
        ("up", True),
        ("built anew after the emulator lost its memory", True),
        ("promote api-v2: green is live", False),
        ("promote web: green is live", False),
    ],
)
def test_an_update_concerns_the_services_that_it_names(message: str, concerned: bool) -> None:  # noqa: FBT001 -- a parameter
    """Or all of them."""
    assert entry(message).concerns("api") is concerned


def test_the_last_change_of_a_service_is_one_that_changed_something() -> None:
    """No failure, no update of nothing, no commit, and nothing of another service."""
    last = entry("shift api: 10 % to green")
    entries = [
        entry("promote api: green is live", "failed"),
        entry("up", changed=0),
        entry("promote api", source=Source.GIT),
        entry("promote web: green is live"),
        last,
        entry("up"),
    ]
    assert last_of(entries, "api") is last
    assert last_of([], "api") is None


def test_a_root_user_is_named_whole() -> None:
    """There is no shorter name in its ARN."""
    root = Entry(datetime(2026, 1, 1, tzinfo=UTC), Source.ENGINE, "update", "succeeded", 1, "up", "arn:aws:iam::123456789012:root")
    assert root.author == "arn:aws:iam::123456789012:root"
