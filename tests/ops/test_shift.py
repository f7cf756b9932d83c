"""`switchyard shift`."""

import pytest

from ops.errors import Exit
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn


def test_shift_edits_the_canary_and_moves_the_weights_alone(stack: StandIn, run: Run) -> None:
    """One word of config, one rule in AWS; the diff, the commit and the way back are printed."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = run("shift", "api", "10")
    assert result.exit_code == Exit.DONE
    after = stack.target.file.path.read_text(encoding="utf-8")
    assert after == before.replace("{color: green, percent: 0}", "{color: green, percent: 10}", 1)
    assert stack.applied == [["api-traffic"]]
    assert stack.cloud.weights("api") == {"blue": 90, "green": 10}
    assert "+      canary: {color: green, percent: 10}" in result.stdout
    assert 'git commit -m "shift api: 10 % to green" Pulumi.staging.yaml' in result.stdout
    assert "switchyard rollback api -s staging\n" in result.stdout


def test_shift_names_the_color_that_is_not_live(stack: StandIn, run: Run) -> None:
    """With green live the canary is blue, whatever the file said before."""
    stack.target.file.edit({"services.api.live": "green"})
    stack.cloud.reset(stack.target.file.settings())
    assert run("shift", "api", "5").exit_code == Exit.DONE
    canary = stack.target.file.settings().services["api"].canary
    assert canary
    assert (canary.color, canary.percent) == ("blue", 5)


def test_a_smaller_share_asks_nothing_of_the_canary(stack: StandIn, run: Run) -> None:
    """It may have no instance left; live takes the rest in one write, and the way back is the share before."""
    run("shift", "api", "30")
    stack.cloud.size("api-green", desired=0)
    stack.applied.clear()
    result = run("shift", "api", "10")
    assert result.exit_code == Exit.DONE
    assert stack.applied == [["api-traffic"]]
    assert "switchyard shift api 30 -s staging" in result.stdout


def test_a_smaller_share_needs_a_live_fleet_that_can_carry_the_rest(stack: StandIn, run: Run) -> None:
    """Live shrank while the canary had the load."""
    stack.target.file.edit({"services.api.canary.percent": 80, "services.api.blue.capacity.max": 12, "services.api.green.capacity.max": 12})
    stack.cloud.reset(stack.target.file.settings())
    stack.cloud.size("api-green", desired=8)
    stack.cloud.size("api-blue", desired=4)
    assert run("shift", "api", "0").exit_code == Exit.DONE
    assert stack.applied == [["api-blue-group", "api-green-group"], ["api-traffic"]]


def test_the_hold_keeps_live_as_large_as_it_is(stack: StandIn, run: Run) -> None:
    """A half of the load is half of live's instances: green is raised to five, and blue may not shrink below its ten."""
    stack.target.file.edit({"services.api.blue.capacity.max": 12, "services.api.green.capacity.max": 12})
    stack.cloud.size("api-blue", desired=10)
    assert run("shift", "api", "50").exit_code == Exit.DONE
    service = stack.target.file.settings().services["api"]
    assert (service.blue.capacity.hold, service.green.capacity.hold) == (10, 5)


def test_a_color_that_may_have_no_instance_is_held_first(stack: StandIn, run: Run) -> None:
    """A cold color is a valid one, until it takes traffic."""
    stack.target.file.edit({"services.api.green.capacity.min": 0})
    stack.cloud.size("api-green", floor=0, desired=0)
    assert run("shift", "api", "10").exit_code == Exit.DONE
    assert stack.target.file.settings().services["api"].green.capacity.hold == 1
    assert stack.applied == [["api-green-group"], ["api-traffic"]]


def test_the_same_share_again_changes_nothing(stack: StandIn, run: Run) -> None:
    """Nothing is applied, and there is nothing to commit."""
    run("shift", "api", "10")
    stack.applied.clear()
    result = run("shift", "api", "10")
    assert result.exit_code == Exit.DONE
    assert stack.applied == []
    assert "git commit" not in result.stdout


@pytest.mark.parametrize("words", [("shift", "api", "10"), ("promote", "api")], ids=" ".join)
def test_traffic_that_was_moved_by_hand_is_put_back_first(stack: StandIn, run: Run, words: tuple[str, ...]) -> None:
    """Drift is told before anything is built on it."""
    stack.cloud.set_weights("api", {Color.BLUE: 60, Color.GREEN: 40})
    result = run(*words)
    assert result.exit_code == Exit.REFUSED
    assert "api: config gives blue 100 %, and AWS says 60 %: it was moved outside config." in result.stderr
    assert "`switchyard up -s staging --traffic` puts back what config says" in result.stderr
    assert stack.previews == []


@pytest.mark.parametrize("percent", ["100", "101"])
def test_all_of_it_is_promote(stack: StandIn, run: Run, percent: str) -> None:
    """The message names the key, the value, the range and the command; nothing is edited."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    result = run("shift", "api", percent)
    assert result.exit_code == Exit.BAD_INPUT
    assert f"switchyard:services.api.canary.percent: {percent} must be 0 to 99 percent (`switchyard promote` moves all" in result.stderr
    assert stack.target.file.path.read_text(encoding="utf-8") == before
    assert stack.previews == []


def test_a_color_of_no_capacity_takes_no_canary(stack: StandIn, run: Run) -> None:
    """The message says which number to raise."""
    stack.target.file.edit({"services.api.green.capacity.min": 0, "services.api.green.capacity.max": 0})
    result = run("shift", "api", "10")
    assert result.exit_code == Exit.BAD_INPUT
    assert "canary.color: 'green' has no capacity: set switchyard:services.api.green.capacity.max above 0 first" in result.stderr


def test_a_service_that_is_none_is_named_with_those_that_are(run: Run) -> None:
    """The fix is in the message."""
    result = run("shift", "apo", "10")
    assert result.exit_code == Exit.BAD_INPUT
    assert "There is no service 'apo' in Pulumi.staging.yaml" in result.stderr
    assert "Name one of: api, web." in result.stderr
