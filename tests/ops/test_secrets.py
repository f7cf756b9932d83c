"""Entries without a value."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ops.secrets import SECRET, EmptyEntry, empty_entries, tell_empty
from tests.ops.stand_in import StandIn
from tests.ops.state import urn


class WithSecrets(StandIn):
    """A stack whose state names entries."""

    entries: Sequence[Mapping[str, Any]] = ()

    @property
    def resources(self) -> Sequence[Mapping[str, Any]]:
        """The entries too."""
        return [*super().resources, *self.entries]


@pytest.fixture
def secretive(stack: StandIn) -> WithSecrets:
    """Make two entries, one of them with a value."""
    client = stack.cloud.client("secretsmanager")
    made = WithSecrets(stack.target)
    arns = {name: client.create_secret(Name=f"{name}-{uuid.uuid4()}")["ARN"] for name in ("filled", "empty")}
    client.put_secret_value(SecretId=arns["filled"], SecretString="x")
    made.entries = [{"type": SECRET, "urn": urn(SECRET, name), "id": arn} for name, arn in arns.items()]
    return made


def test_entries_without_a_value_are_found(secretive: WithSecrets) -> None:
    """By Secrets Manager's own word."""
    assert [entry.name for entry in empty_entries(secretive)] == ["empty"]


def test_each_is_told_with_the_command_that_fills_it(secretive: WithSecrets, capsys: pytest.CaptureFixture[str]) -> None:
    """The value comes from standard input, never from a shell's history."""
    tell_empty(secretive)
    told = capsys.readouterr().out
    arn = secretive.entries[1]["id"]
    assert f"  aws secretsmanager put-secret-value --region eu-west-1 --secret-id {arn} --secret-string file:///dev/stdin\n" in told


def test_in_the_sandbox_the_command_leads_to_the_emulator(secretive: WithSecrets) -> None:
    """Not to the operator's own account."""
    secretive.target.aws = "AWS_ACCESS_KEY_ID=1 aws --endpoint-url http://127.0.0.1:1"
    assert EmptyEntry("key", "arn").command(secretive.target).startswith("AWS_ACCESS_KEY_ID=1 aws --endpoint-url http://127.0.0.1:1 secr")


def test_when_all_have_values_nothing_is_said(secretive: WithSecrets, capsys: pytest.CaptureFixture[str]) -> None:
    """No empty list."""
    secretive.entries = secretive.entries[:1]
    tell_empty(secretive)
    assert capsys.readouterr() == ("", "")
