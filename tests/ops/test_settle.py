"""`switchyard settle`."""

import pytest

from ops.errors import Exit
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn


def test_settle_removes_the_holds_and_nothing_else(stack: StandIn, run: Run) -> None:
    """The file is what it was before they came; the groups' floors are read back."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    stack.target.file.edit({"services.api.blue.capacity.hold": 3, "services.api.green.capacity.hold": 3})
    for color in ("blue", "green"):
        stack.cloud.size(f"api-{color}", floor=3, desired=3)
    result = run("settle", "api")
    assert result.exit_code == Exit.DONE
    assert stack.applied == [["api-blue-group", "api-green-group"]]
    assert stack.cloud.group("api-blue")["MinSize"] == 2
    assert stack.target.file.path.read_text(encoding="utf-8") == before
    assert "blue and green may shrink to capacity.min" in result.stdout


def test_nothing_held_is_nothing_to_do(stack: StandIn, run: Run) -> None:
    """It says so and asks neither engine nor AWS."""
    result = run("settle", "api")
    assert result.exit_code == Exit.DONE
    assert "api: nothing is held" in result.stdout
    assert stack.previews == []


def test_a_canary_keeps_its_holds(stack: StandIn, run: Run) -> None:
    """Live needs what it had, to take the traffic back."""
    stack.target.file.edit({"services.api.canary.percent": 10, "services.api.blue.capacity.hold": 3})
    result = run("settle", "api")
    assert result.exit_code == Exit.REFUSED
    assert "api: green takes 10 %, and live keeps what it needs to take that back." in result.stderr
    assert "`switchyard promote api -s staging`, or rollback" in result.stderr


def test_a_floor_that_did_not_land_is_an_error(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS is asked."""
    stack.target.file.edit({"services.api.blue.capacity.hold": 3})
    stack.cloud.size("api-blue", floor=3, desired=3)
    monkeypatch.setattr(stack, "_write", lambda _step: None)
    result = run("settle", "api")
    assert result.exit_code == Exit.FAILED
    assert "api: config gives blue a floor of 2, and AWS says 3." in result.stderr
