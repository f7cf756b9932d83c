"""`switchyard status`."""

import json

from ops.errors import Exit
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn

AGE = "0 d"


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
    assert [(row["service"], row["color"]) for row in rows] == [("api", "blue"), ("api", "green"), ("web", "blue"), ("web", "green")]
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
