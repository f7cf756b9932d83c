"""`switchyard promote`, and the capacity gate in front of it."""

import pytest

from ops import capacity
from ops.errors import Exit, SwitchyardError
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, step_of

TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


def test_promote_edits_live_canary_and_previous(stack: StandIn, run: Run) -> None:
    """Three keys, one rule; `rollback` is named as the way back."""
    run("shift", "api", "40")
    stack.cloud.size("api-green", desired=4)
    stack.applied.clear()
    result = run("promote", "api")
    service = stack.target.file.settings().services["api"]
    assert result.exit_code == Exit.DONE
    assert (service.live, service.previous, service.canary and service.canary.percent) == ("green", "blue", 0)
    assert stack.applied == [["api-traffic"]]
    assert stack.cloud.weights("api") == {"blue": 0, "green": 100}
    assert "switchyard rollback api -s staging\n" in result.stdout


def test_promote_needs_no_canary_section(stack: StandIn, run: Run) -> None:
    """A service whose config has none is flipped all the same, and gains none."""
    stack.target.file.edit({"services.api.canary": None})
    assert run("promote", "api").exit_code == Exit.DONE
    assert stack.target.file.settings().services["api"].canary is None


def test_capacity_is_held_for_both_colors_before_traffic_moves(stack: StandIn, run: Run) -> None:
    """The hold is an update of its own on the two groups; then the weights move alone; one diff shows both."""
    stack.cloud.size("api-blue", desired=3)
    result = run("promote", "api")
    service = stack.target.file.settings().services["api"]
    assert result.exit_code == Exit.DONE
    assert stack.applied == [["api-blue-group", "api-green-group"], ["api-traffic"]]
    assert (service.blue.capacity.hold, service.green.capacity.hold) == (3, 3)
    assert stack.cloud.group("api-green")["MinSize"] == 3
    assert "green has 2 healthy targets on its release and needs 3: holding both colors there" in result.stderr
    assert "+        capacity: {min: 2, max: 4, hold: 3}" in result.stdout
    assert "+      live: green" in result.stdout


def test_the_gate_waits_for_healthy_targets(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Traffic moves once the third target is there, not before."""
    stack.cloud.size("api-blue", desired=3)
    stack.launch = lambda _group, _floor: None
    waits: list[dict[str, int]] = []

    def boot(_seconds: float) -> None:
        waits.append(stack.cloud.weights("api"))
        for color in Color:
            stack.cloud.size(f"api-{color}", floor=3, desired=3)

    monkeypatch.setattr("ops.capacity.time.sleep", boot)
    assert run("promote", "api").exit_code == Exit.DONE
    assert waits == [{"blue": 100, "green": 0}]


def test_a_gate_that_waits_too_long_moves_nothing_and_keeps_the_hold(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """After twenty minutes the command gives up; both colors stay held for the next try."""
    stack.cloud.size("api-blue", desired=3)
    stack.launch = lambda _group, _floor: None
    monkeypatch.setattr(capacity, "WAIT_SECONDS", -1)
    result = run("promote", "api")
    assert result.exit_code == Exit.FAILED
    assert "green has 2 of 3 healthy targets after -1 minutes; no traffic has moved." in result.stderr
    assert "the hold stays until `switchyard settle`" in result.stderr
    assert stack.target.file.settings().services["api"].live is Color.BLUE
    assert stack.target.file.settings().services["api"].green.capacity.hold == 3


def test_targets_of_another_release_do_not_count(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Healthy instances of an older image are no capacity."""
    image = stack.target.file.settings().services["api"].blue.image
    stack.target.file.edit({"services.api.green.image": image})
    monkeypatch.setattr(capacity, "WAIT_SECONDS", -1)
    result = run("promote", "api")
    assert "green has 0 healthy targets on its release and needs 2" in result.stderr
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}


def test_a_need_above_max_is_capped_and_said(stack: StandIn, run: Run) -> None:
    """The operator knows that green runs at its ceiling."""
    stack.target.file.edit({"services.api.green.capacity.max": 2})
    stack.cloud.size("api-blue", desired=4)
    result = run("promote", "api")
    assert result.exit_code == Exit.DONE
    assert "api: the load asks for more than green's capacity.max; it moves onto 2" in result.stderr


def test_whatever_else_is_in_the_preview_stops_it(stack: StandIn, run: Run) -> None:
    """Nothing is applied, the edit is undone, and the message lists what is in the way."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    stack.beside = [step_of(TEMPLATE, "web-blue-boot", ("imageId",))]
    result = run("promote", "api")
    assert result.exit_code == Exit.REFUSED
    assert "The preview holds 1 change that this command is not about" in result.stderr
    assert "update LaunchTemplate web-blue-boot (imageId)" in result.stderr
    assert "switchyard up -s staging" in result.stderr
    assert stack.applied == []
    assert stack.target.file.path.read_text(encoding="utf-8") == before


def test_whatever_else_is_in_the_preview_stops_the_hold(stack: StandIn, run: Run) -> None:
    """A pending change must not ride on the update that holds capacity."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    stack.cloud.size("api-blue", desired=3)
    stack.beside = [step_of(TEMPLATE, "api-blue-boot", ("imageId",))]
    result = run("promote", "api")
    assert result.exit_code == Exit.REFUSED
    assert stack.applied == []
    assert stack.target.file.path.read_text(encoding="utf-8") == before


def test_an_update_that_fails_before_anything_changed_is_undone(stack: StandIn, run: Run) -> None:
    """Config says again what AWS does."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    stack.breaks = SwitchyardError("no lock")
    result = run("promote", "api")
    assert result.exit_code == Exit.FAILED
    assert "✗ no lock" in result.stderr
    assert stack.target.file.path.read_text(encoding="utf-8") == before


def test_weights_that_did_not_land_are_an_error(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's word is not enough: AWS is asked."""
    monkeypatch.setattr(stack, "_write", lambda _step: None)
    result = run("promote", "api")
    assert result.exit_code == Exit.FAILED
    assert "api: config gives blue 0 %, and AWS says 100 %." in result.stderr
    assert "switchyard up -s staging --traffic" in result.stderr
    assert "git commit" not in result.stdout
