"""`switchyard status`."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pulumi.automation as auto
import pytest
from botocore.exceptions import EndpointConnectionError

from ops.amis import Ami
from ops.commands import status
from ops.errors import Exit
from ops.overview import Overview, look
from ops.secrets import SECRET
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn
from tests.ops.state import resource

AGE = "0 d"
"""The emulator made the AMIs when it started."""
ALICE = "arn:aws:sts::123456789012:assumed-role/deploy/alice"


def test_it_shows_every_color_of_every_service(run: Run) -> None:
    """Live, weight, healthy targets of those wanted, release."""
    result = run("status")
    lines = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines() if "│" in line]
    assert result.exit_code == Exit.DONE
    assert ["api", "blue (live)", "100 %", "2 of 2", "5dd808929436", "2", AGE, ""] in lines
    assert ["web", "green", "0 %", "2 of 2", "146d3146edc9", "2", AGE, ""] in lines
    assert result.stderr == ""


def test_for_programs_standard_output_holds_nothing_but_json(stack: StandIn, run: Run) -> None:
    """Warnings go to standard error, so that both can be had."""
    stack.cloud.set_weights("api", {Color.BLUE: 60, Color.GREEN: 40})
    result = run("status", "--json")
    rows = json.loads(result.stdout)
    colors = [(row["service"], row["color"]) for row in rows if row["service"] != "site"]
    assert colors == [("api", "blue"), ("api", "green"), ("web", "blue"), ("web", "green")]
    assert {key: rows[0][key] for key in ("live", "committed_weight", "config_weight", "weight", "healthy", "hold")} == {
        "live": True,
        "committed_weight": 100,
        "config_weight": 100,
        "weight": 60,
        "healthy": 2,
        "hold": 0,
    }
    assert "weights of api: config gives blue 100 %, AWS 60 %" in result.stderr


def test_it_warns_while_aws_differs_from_config(stack: StandIn, run: Run) -> None:
    """Somebody moved traffic by hand."""
    stack.cloud.set_weights("api", {Color.BLUE: 0, Color.GREEN: 100})
    assert "! weights of api: config gives green 0 %, AWS 100 %" in run("status").stderr


def test_it_warns_while_a_change_is_not_committed(run: Run) -> None:
    """A pipeline on the committed file would move the traffic back."""
    run("shift", "api", "10")
    result = run("status")
    assert "! weights of api: the committed file says blue 100 %, AWS 90 %: commit it" in result.stderr
    assert "config gives" not in result.stderr


def test_a_service_that_is_not_up_hides_no_other(stack: StandIn, run: Run) -> None:
    """It is new in config: said, with the command."""
    where = stack.cloud.services.pop("web")
    try:
        result = run("status")
    finally:
        stack.cloud.services["web"] = where
    assert result.exit_code == Exit.DONE
    assert "api" in result.stdout
    assert "! web is in config and not up yet: `switchyard up -s staging`" in result.stderr


def test_a_stack_that_is_not_up_says_so(stack: StandIn, run: Run) -> None:
    """With the command that brings it up."""
    services = dict(stack.cloud.services)
    stack.cloud.services.clear()
    try:
        result = run("status")
    finally:
        stack.cloud.services.update(services)
    assert result.exit_code == Exit.BAD_INPUT
    assert "The stack staging is not up." in result.stderr
    assert "switchyard up -s staging" in result.stderr


def test_the_last_change_of_each_service_is_told(stack: StandIn, run: Run) -> None:
    """With who it was: from the engine's record, by the service that the message names."""
    started = datetime(2026, 1, 1, 3)  # noqa: DTZ001 -- as the SDK has it
    for message in (f"promote web, by {ALICE}", "up"):
        stack.past.append(auto.UpdateSummary("update", started, message, {}, {}, "succeeded", resource_changes={"update": 1}))  # type: ignore[dict-item]  # by its JSON
    told = run("status").stdout
    assert "last change of api: up, 2026-01-0" in told
    assert "last change of web: promote web, by deploy/alice, 2026-01-0" in told
    changes = {row["service"]: row["last_change"] for row in json.loads(run("status", "--json").stdout)}
    assert changes["web"] == {"message": "promote web", "who": ALICE, "when": "2026-01-01T03:00:00+00:00"}


def test_without_a_record_there_is_no_last_change(run: Run) -> None:
    """It may be older than what was looked through."""
    assert {row["last_change"] for row in json.loads(run("status", "--json").stdout)} == {None}


def test_the_age_of_each_pinned_ami_is_told(stack: StandIn, run: Run) -> None:
    """In days; AWS deprecates one after 90."""
    [row, *_] = json.loads(run("status", "--json").stdout)
    assert (row["ami"], row["ami_age_days"]) == (stack.target.file.settings().services["api"].blue.ami, 0)


def test_old_and_lost_amis_are_findings(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An instance that fails could not be replaced. Given: the emulator's AMIs are all new."""
    services = stack.target.file.settings().services
    old = Ami(services["api"].green.ami, "al2023-ami-kernel-6.1-arm64", datetime.fromisoformat("2026-01-01T00:00:00Z"))
    monkeypatch.setattr("ops.overview.described", lambda _ec2, ami: old if ami == old.id else None)
    told = run("status").stderr
    assert f"! AMI of api blue: AWS has no {services['api'].blue.ami}: nothing can be launched from it" in told
    assert f"! AMI of api green {old.warning}" in told


def test_what_is_open_is_told_with_what_to_do(stack: StandIn, run: Run) -> None:
    """Alarms, half-done operations, empty secrets; for programs with each row that it concerns."""
    for alarm in ("lb-5xx", "api-blue-5xx"):
        stack.cloud.client("cloudwatch").set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="12 errors")
    stack.half_done = ["creating ListenerRule api-traffic"]
    secret = stack.cloud.client("secretsmanager").create_secret(Name="status/payment-key")["ARN"]
    stack.more = [resource(SECRET, "api-payment-key", secret)]
    result = run("status")
    half = "half-done: creating ListenerRule api-traffic: `switchyard up -s staging` goes on"
    empty = "the secret api-payment-key has no value yet: `switchyard doctor -s staging` says how to set it"
    every = ["alarm lb-5xx: firing (12 errors)", "alarm api-blue-5xx: firing (12 errors)", half, empty]
    assert result.exit_code == Exit.DONE
    assert result.stderr.splitlines() == [f"! {line}" for line in every]
    rows = {row["service"]: row["findings"] for row in json.loads(run("status", "--json").stdout)}
    assert rows == {"api": every, "web": [every[0], half, empty], "site": [every[0], half, empty]}


def test_a_service_without_page_alarms_is_a_finding(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would be told."""
    monkeypatch.setattr(stack.cloud, "alarms", {})
    assert "! no alarm would page for web" in run("status").stderr


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[Any]], list[int]]:
    """Press Ctrl-C once so many looks were taken; what is given is done at each."""
    waited: list[int] = []

    def watch(looks: Sequence[Any]) -> list[int]:
        todo = iter(looks)

        def take(deployment: StandIn) -> Overview:
            if error := next(todo):
                raise error
            return look(deployment)

        def wait(seconds: int) -> None:
            waited.append(seconds)
            if len(waited) == len(looks):
                raise KeyboardInterrupt

        monkeypatch.setattr(status, "look", take)
        monkeypatch.setattr("ops.commands.status.time.sleep", wait)
        return waited

    return watch


def test_watching_looks_again_until_ctrl_c(stack: StandIn, run: Run, frames: Callable[[Sequence[Any]], list[int]]) -> None:
    """Which is how it ends well."""
    waited = frames([None, None])
    stack.cloud.set_weights("api", {Color.BLUE: 60, Color.GREEN: 40})
    result = run("status", "--watch")
    assert result.exit_code == Exit.DONE
    assert waited == [5, 5]
    assert "every 5 s until Ctrl-C" in result.stdout
    assert "! weights of api: config gives blue 100 %, AWS 60 %" in result.stdout


def test_watching_outlives_an_aws_that_does_not_answer(run: Run, frames: Callable[[Sequence[Any]], list[int]]) -> None:
    """It is shown, and the next look is taken."""
    frames([None, EndpointConnectionError(endpoint_url="https://elbv2")])
    result = run("status", "--watch")
    assert result.exit_code == Exit.DONE
    assert "AWS does not say: Could not connect" in result.stdout


def test_watching_is_not_for_programs(run: Run) -> None:
    """There is no end to what it would print."""
    result = run("status", "--watch", "--json")
    assert result.exit_code == Exit.BAD_INPUT
    assert "--watch is for people, --json for programs: give one of them." in result.stderr
