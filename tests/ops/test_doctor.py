"""`switchyard doctor` and `switchyard sandbox status`."""

from collections.abc import Sequence
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ops.cli import app
from ops.commands import doctor
from ops.errors import Exit
from ops.secrets import EmptyEntry
from ops.target import AwsTarget
from sandbox.account import Sandbox
from tests.ops.cloud import ACCOUNT
from tests.ops.stand_in import NO_ENGINE, StandIn


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[EmptyEntry]:
    """Decide which entries are empty."""
    found: list[EmptyEntry] = []
    monkeypatch.setattr(doctor, "empty_entries", lambda _deployment: found)
    return found


@pytest.fixture
def examine(stack: StandIn, entries: Sequence[EmptyEntry], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call doctor on the stack that is up, with an engine found."""
    assert entries == []
    monkeypatch.setattr("ops.commands.doctor.engine.find", lambda: stack.target.engine)
    monkeypatch.setattr(doctor, "opened", lambda *_args, **_options: stack)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["doctor", *words])

    return call


def test_a_healthy_stack_has_nothing_in_its_way(examine: Any) -> None:
    """What was looked at is listed."""
    result = examine("-s", "staging")
    assert result.exit_code == Exit.DONE
    assert "Pulumi v0, found on PATH" in result.stdout
    assert "Pulumi.staging.yaml: 2 services" in result.stdout
    assert f"AWS account {ACCOUNT}" in result.stdout
    assert "✓ nothing stands in the way" in result.stdout


def test_without_a_stack_it_looks_at_the_machine(examine: Any) -> None:
    """Python, disk, engine."""
    result = examine()
    assert result.exit_code == Exit.DONE
    assert "AWS account" not in result.stdout


def test_without_an_engine_it_builds_none(examine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how to come by one, and looks no further."""
    monkeypatch.setattr("ops.commands.doctor.engine.find", lambda: None)
    monkeypatch.setattr(doctor, "opened", pytest.fail)
    result = examine("-s", "staging")
    assert result.exit_code == Exit.FAILED
    assert "✗ There is no Pulumi engine.\n  `make up` builds one, or install the vendor's CLI, 3.200 or newer." in result.stderr


def test_credentials_of_another_account_are_told(examine: Any, stack: StandIn, aws: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ids, and what to do."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws.emulator.status().endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "999999999999")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setattr(stack.target, "client", AwsTarget("staging", NO_ENGINE).client)
    result = examine("-s", "staging")
    assert result.exit_code == Exit.FAILED
    assert "✗ The credentials are for account 999999999999, and the stack is for 123456789012.\n  Switch" in result.stderr


def test_empty_secrets_are_told_with_the_command(examine: Any, entries: list[EmptyEntry]) -> None:
    """Each by its name."""
    entries.append(EmptyEntry("api-payment-key", "arn:key"))
    result = examine("-s", "staging")
    assert result.exit_code == Exit.FAILED
    assert "✗ The secret api-payment-key has no value yet; instances that name it wait for it.\n  aws secretsmanager put" in result.stderr
    assert "✗ 1 finding.\n  Each line above says what to do." in result.stderr


def test_little_room_on_the_disk_is_told(examine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's build would end half-way."""
    monkeypatch.setattr(doctor, "MIN_FREE_GIB", 10**6)
    assert "GiB of disk are free, and the engine's build needs 1000000." in examine().stderr


def test_an_error_of_ours_in_a_check_is_ours_to_find(examine: Any, stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not passed off as a finding."""

    def crash(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(stack.target, "client", crash)
    assert "Something that nobody foresaw: ValueError: odd" in examine("-s", "staging").stderr


def test_the_sandbox_says_how_much_of_aws_is_emulated(aws: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts, and each recorded type with its reason."""
    monkeypatch.setattr(Sandbox, "default", lambda: aws)
    result = CliRunner().invoke(app, ["sandbox", "status"])
    assert result.exit_code == Exit.DONE
    assert f"✓ emulator: running at {aws.emulator.status().endpoint}" in result.stdout
    assert " resource types are emulated, " in result.stdout
