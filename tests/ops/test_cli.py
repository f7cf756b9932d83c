"""The command line: options, exit codes, and what people see when something goes wrong."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from typer.testing import CliRunner

from ops.cli import app
from ops.errors import Exit, SwitchyardError
from ops.target import AwsTarget
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn
from tests.rendering import ROOT

SWITCHYARD = [sys.executable, "-c", "from ops.cli import main; main()"]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Take down what every command would open, and open nothing."""
    told: list[tuple[str, bool]] = []

    def take(stack: str, *, sandboxed: bool, **_: Any) -> None:
        told.append((stack, sandboxed))
        raise SwitchyardError("that is all")

    monkeypatch.setattr("ops.session.opened", take)
    return told


@pytest.mark.parametrize(
    "words",
    [
        ["status", "-s", "prod", "--sandbox"],
        ["-s", "prod", "--sandbox", "status"],
        ["--sandbox", "status", "--stack", "prod"],
        ["-s", "prod", "shift", "--sandbox", "api", "10"],
        ["-s", "staging", "rollback", "api", "-s", "prod", "--sandbox"],
    ],
    ids=" ".join,
)
def test_the_target_is_named_before_the_command_or_after_it(opened: list[tuple[str, bool]], words: list[str]) -> None:
    """The one that stands after wins."""
    CliRunner().invoke(app, words)
    assert opened == [("prod", True)]


def test_the_environment_can_say_sandbox(opened: list[tuple[str, bool]]) -> None:
    """For a shell in which one rehearses."""
    CliRunner(env={"SWITCHYARD_SANDBOX": "1"}).invoke(app, ["status", "-s", "prod"])
    CliRunner(env={"SWITCHYARD_SANDBOX": "0"}).invoke(app, ["status", "-s", "prod"])
    assert opened == [("prod", True), ("prod", False)]


@pytest.mark.parametrize(
    "command",
    [
        "up",
        "preview",
        "status",
        "promote",
        "doctor",
        "rehearse",
        "down",
        "settle",
        "shift",
        "rollback",
        "release",
        "verify",
        "drift",
        "history",
        "pin",
        "bootstrap",
    ],
)
def test_every_command_helps(command: str) -> None:
    """It needs neither engine nor stack for that."""
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == Exit.DONE
    assert "--stack" in result.stdout


@pytest.mark.parametrize("words", [["frobnicate"], ["shift", "api"], ["shift", "api", "ten"], ["status", "--jason"]], ids=" ".join)
def test_a_command_line_that_is_not_understood_has_a_code_of_its_own(words: list[str]) -> None:
    """2, as everywhere."""
    result = CliRunner().invoke(app, words)
    assert result.exit_code == Exit.USAGE
    assert "Error" in result.stderr


@pytest.mark.parametrize("command", [["up"], ["preview"], ["status"], ["promote", "api"], ["rehearse"]], ids=" ".join)
def test_a_stack_must_be_named(command: list[str]) -> None:
    """There is no default: nobody should deploy to production by leaving something out."""
    result = CliRunner().invoke(app, command)
    assert result.exit_code == Exit.BAD_INPUT
    assert result.stderr == "✗ No stack is named.\n  Add `-s staging` or `-s prod`.\n"


def test_what_a_message_holds_is_printed_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets are no markup and colons no emoji: AWS's words, lists and ARNs come through."""
    said = "paths ['/api/*'] and [one, two] and [/red] of arn:aws:key:lock:"

    def refuse(*_: object, **__: object) -> None:
        raise SwitchyardError(said, "Write [a, b].")

    monkeypatch.setattr("ops.session.opened", refuse)
    assert CliRunner().invoke(app, ["status", "-s", "prod"]).stderr == f"✗ {said}\n  Write [a, b].\n"


def test_an_error_that_nobody_foresaw_has_no_traceback(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its type and text, and how to see more; with SWITCHYARD_DEBUG=1 it is raised."""
    stack.breaks = ValueError("odd")
    result = run("promote", "api")
    assert result.exit_code == Exit.FAILED
    assert "✗ Something that nobody foresaw: ValueError: odd\n" in result.stderr
    assert "With SWITCHYARD_DEBUG=1 the same command shows where it happened." in result.stderr
    monkeypatch.setenv("SWITCHYARD_DEBUG", "1")
    stack.breaks = ValueError("odd")
    assert isinstance(run("promote", "api").exception, ValueError)


def test_ctrl_c_has_its_own_code(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """130, and what to do."""

    def wait(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stack, "preview", wait)
    result = run("up")
    assert result.exit_code == Exit.INTERRUPTED
    assert result.stderr.endswith("✗ Interrupted.\n  Run `switchyard status`, then the same command again: what was done stays done.\n")


@pytest.fixture
def on_aws(stack: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the commands make their clients as on AWS; the environment decides where they lead."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    target = AwsTarget("staging", stack.target.engine, project=stack.target.file.path.parent)
    monkeypatch.setattr(stack.target, "client", target.client)
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
    return monkeypatch


@pytest.mark.usefixtures("on_aws")
def test_without_credentials_it_says_so(run: Run) -> None:
    """And how to come by some."""
    result = run("promote", "api")
    assert result.exit_code == Exit.FAILED
    assert result.stderr == (
        "✗ There are no AWS credentials: Unable to locate credentials\n  Log in, or set AWS_PROFILE; or rehearse with --sandbox.\n"
    )


def test_when_aws_does_not_answer_it_says_so(on_aws: pytest.MonkeyPatch, run: Run) -> None:
    """After botocore's own retries."""
    on_aws.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    on_aws.setenv("AWS_ACCESS_KEY_ID", "123456789012")
    on_aws.setenv("AWS_SECRET_ACCESS_KEY", "x")
    on_aws.setattr("time.sleep", lambda _: None)
    result = run("promote", "api")
    assert result.exit_code == Exit.FAILED
    assert f"✗ AWS does not answer: {EndpointConnectionError(endpoint_url='http://127.0.0.1:9/')}" in result.stderr
    assert "Check the network and aws:region" in result.stderr


def test_the_program_ends_with_the_code(tmp_path: Path) -> None:
    """The same through the entry point, from any folder, without a traceback."""
    ended = subprocess.run([*SWITCHYARD, "preview", "-s", "nowhere"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == Exit.BAD_INPUT
    assert ended.stdout == ""
    assert ended.stderr == "✗ There is no stack 'nowhere': Pulumi.nowhere.yaml is missing.\n  Name one of: prod, recovery, staging.\n"


def test_without_engine_and_go_it_says_what_to_install(tmp_path: Path) -> None:
    """Neither on PATH, and no PyPI to fetch Go from."""
    gone = {"PATH": str(tmp_path), "SWITCHYARD_HOME": str(tmp_path / "home"), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
    command = [*SWITCHYARD, "preview", "-s", "staging"]
    ended = subprocess.run(command, env={**os.environ, **gone}, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == Exit.FAILED
    assert "✗ The Pulumi engine is not on PATH and cannot be built: there is no Go 1.26 or newer on PATH" in ended.stderr
    assert "or install Go or the Pulumi CLI (3.200 or newer), and run the command again." in ended.stderr
    assert "Traceback" not in ended.stderr
