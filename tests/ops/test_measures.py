"""`switchyard impose` and `switchyard lift`: each measure is one change, seen in AWS, and gone again."""

import json
from collections.abc import Callable, Sequence

import pytest
from pulumi.automation.events import OpType

from ops.errors import Exit
from ops.guard import PARAMETER
from ops.measures import MEASURES
from ops.parts import GROUP, TEMPLATE
from settings_contingency import Contingency
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.measured import Measured
from tests.ops.stand_in import half_done, step_of

ALLOW = ("--allow", "203.0.113.0/24", "--allow", "2001:db8::/48")
GROUPS = [f"{service}-{color}-group" for service in ("api", "web") for color in Color]
FEATURES = [f"{service}-endpoint-DISABLED_FEATURES" for service in ("api", "web")]

CASES: dict[str, tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]] = {
    "scale-floor": (("scale-floor", "3"), GROUPS, ("scale-floor",), GROUPS),
    "maintenance": (
        ("maintenance", *ALLOW),
        ["routing-maintenance"],
        ("maintenance",),
        ["routing-maintenance"],
    ),
    "lockdown": (
        ("lockdown", *ALLOW),
        ["routing-maintenance", "waf-ipv4", "waf-ipv6"],
        ("lockdown",),
        ["waf-ipv4", "waf-ipv6"],
    ),
    "aggressive-caching": (
        ("aggressive-caching",),
        ["policies-services", "routing-caching"],
        ("aggressive-caching",),
        ["policies-services", "routing-caching"],
    ),
    "disabled-features": (("disabled-features", "search", "exports"), FEATURES, ("disabled-features",), FEATURES),
}
"""What imposes each, the resources that this touches, what lifts it, and the resources that that touches."""


@pytest.mark.parametrize("measure", CASES)
def test_a_measure_is_one_change_and_gone_by_another(measured: Measured, run: Run, measure: str) -> None:
    """Each touches what it says and nothing else; the way back is printed, and taken it leaves no trace of the measure in the file."""
    words, imposed, back, lifted = CASES[measure]
    result = run("impose", *words)
    assert result.exit_code == Exit.DONE, result.stderr
    assert sorted(measured.applied[-1]) == sorted(imposed)
    assert f"✓ {measure}: " in result.stdout
    assert f"switchyard lift {' '.join(words[:1])}" in result.stdout
    assert f'git commit -m "impose {" ".join(words)}" Pulumi.staging.yaml' in result.stdout
    result = run("lift", *back)
    assert result.exit_code == Exit.DONE, result.stderr
    assert sorted(measured.applied[-1]) == sorted(lifted)
    assert f"✓ {measure}: lifted" in result.stdout
    assert measured.target.file.settings().contingency.model_copy(update={"allowed_networks": ()}) == Contingency()


def test_for_a_public_stack_a_lockdown_is_one_rule(measured: Measured, run: Run) -> None:
    """Where the stack is for listed networks only, as staging is, the rule blocks already, and a lockdown says whom it does not."""
    measured.target.file.edit({"cdn": None})
    for step in measured._firewall_steps(measured.target.file.settings()):
        measured._write(step)
    assert run("impose", "lockdown", *ALLOW).exit_code == Exit.DONE
    assert sorted(measured.applied[-1]) == ["routing-maintenance", "waf-ipv4", "waf-ipv6", "waf-lockdown"]
    assert run("lift", "lockdown").exit_code == Exit.DONE
    assert measured.applied[-1] == ["waf-lockdown"]


def test_all_measures_have_a_case() -> None:
    """But the quarantine, which has commands of its own."""
    assert {*CASES, "quarantine"} == {measure.name for measure in MEASURES}


def test_without_networks_the_file_is_what_it_was(measured: Measured, run: Run) -> None:
    """The section comes with the measure and goes with it."""
    before = measured.target.file.path.read_text(encoding="utf-8")
    run("impose", "scale-floor", "3")
    assert "scale_floor: 3" in measured.target.file.path.read_text(encoding="utf-8")
    run("lift", "scale-floor")
    assert measured.target.file.path.read_text(encoding="utf-8") == before


def test_a_floor_goes_back_to_the_one_before(measured: Measured, run: Run) -> None:
    """The undo names it."""
    run("impose", "scale-floor", "3")
    assert "switchyard impose scale-floor 3 -s staging" in run("impose", "scale-floor", "4").stdout
    assert measured.cloud.group("web-green")["MinSize"] == 4
    assert "switchyard impose scale-floor 4 -s staging" in run("lift", "scale-floor").stdout


def test_features_come_and_go_one_by_one(measured: Measured, run: Run) -> None:
    """The undo names those that have changed; what is named twice is named once."""
    run("impose", "disabled-features", "search")
    added = run("impose", "disabled-features", "exports", "search", "exports")
    assert "switchyard lift disabled-features exports -s staging" in added.stdout
    parameters = measured.cloud.client("ssm").get_parameter(Name=measured.ground.parameters["web"])
    assert parameters["Parameter"]["Value"] == '["search","exports"]'
    assert "switchyard impose disabled-features search -s staging" in run("lift", "disabled-features", "search").stdout
    assert measured.target.file.settings().contingency.disabled_features == ("exports",)


def test_networks_are_added_to_those_that_may_pass_already(measured: Measured, run: Run) -> None:
    """They stay when the measure is lifted, for the next time: they open nothing."""
    run("impose", "lockdown", *ALLOW[:2])
    run("impose", "lockdown", *ALLOW)
    run("lift", "lockdown")
    assert measured.target.file.settings().contingency.allowed_networks == ("203.0.113.0/24", "2001:db8::/48")


REFUSED: dict[str, tuple[Sequence[str], str, str]] = {
    "no such measure": (
        ("impose", "panic"),
        "There is no measure 'panic'.",
        "scale-floor, maintenance, lockdown, aggressive-caching, disabled-features, quarantine",
    ),
    "a floor of words": (("impose", "scale-floor", "many"), "takes one whole number above 0, and was given many", "impose scale-floor 6"),
    "no floor": (("impose", "scale-floor"), "takes one whole number above 0, and was given nothing", "impose scale-floor 6"),
    "a floor of nothing": (("impose", "scale-floor", "0"), "takes one whole number above 0, and was given 0", "impose scale-floor 6"),
    "no feature": (("impose", "disabled-features"), "takes the names of what to switch off, and was given none", "Name one or more"),
    "a switch with a value": (("impose", "lockdown", "now"), "lockdown takes no value, and was given now", "Leave it out"),
    "nobody shut out": (("impose", "scale-floor", "3", *ALLOW), "scale-floor shuts nobody out", "Leave --allow out"),
    "everybody shut out": (("impose", "lockdown"), "shuts out everybody, you included", "switchyard:contingency.allowed_networks"),
    "a quarantine without a look at its traffic": (
        ("impose", "quarantine", "api.green"),
        "by a command of its own",
        "switchyard contain SERVICE COLOR -s staging",
    ),
    "a switch with names": (("lift", "lockdown", "now"), "lockdown has no names to choose from", "Leave them out"),
}


def test_what_is_not_imposed_is_not_lifted(measured: Measured, run: Run) -> None:
    """A feature that is on: said before anything is touched."""
    before = measured.target.file.path.read_text(encoding="utf-8")
    result = run("lift", "disabled-features", "search")
    assert result.exit_code == Exit.REFUSED
    assert "search is not named in contingency.disabled_features.\n  It names nothing: there is nothing to lift." in result.stderr
    assert measured.target.file.path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("what", REFUSED)
def test_bad_words_are_refused_before_anything_is_touched(measured: Measured, run: Run, what: str) -> None:
    """With what is wrong and what to write instead."""
    words, told, hint = REFUSED[what]
    before = measured.target.file.path.read_text(encoding="utf-8")
    result = run(*words)
    assert result.exit_code == Exit.BAD_INPUT
    assert told in result.stderr
    assert hint in result.stderr
    assert measured.target.file.path.read_text(encoding="utf-8") == before
    assert measured.applied == []


@pytest.mark.parametrize(
    "stray",
    [
        step_of(TEMPLATE, "api-green-boot", ("imageId",)),
        step_of(GROUP, "api-green-group", ("mixedInstancesPolicy",)),
        step_of(PARAMETER, "api-endpoint-LOAD_BALANCER", ("value",)),
        step_of(PARAMETER, "api-endpoint-DISABLED_FEATURES", op=OpType.DELETE),
    ],
    ids=str,
)
def test_nothing_else_goes_along(measured: Measured, run: Run, stray: object) -> None:
    """What config says beside the measure and nobody has applied stops it, and the file is put back."""
    before = measured.target.file.path.read_text(encoding="utf-8")
    measured.beside.append(stray)  # type: ignore[arg-type]  # a step
    result = run("impose", "disabled-features", "search")
    assert result.exit_code == Exit.REFUSED
    assert "that this command is not about; nothing was changed." in result.stderr
    assert measured.target.file.path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("measure", CASES)
def test_what_did_not_land_is_an_error(measured: Measured, run: Run, measure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS is asked, whatever the engine says."""
    monkeypatch.setattr(measured, "_write", lambda _step: None)
    result = run("impose", *CASES[measure][0])
    assert result.exit_code == Exit.FAILED
    assert "switchyard drift -s staging" in result.stderr


def test_after_an_interruption_the_same_words_go_on(measured: Measured, run: Run) -> None:
    """Config says already that the feature is on, and AWS does not know yet."""
    run("impose", "disabled-features", "search", "exports")
    measured.breaks = half_done()
    assert run("lift", "disabled-features", "search").exit_code == Exit.FAILED
    result = run("lift", "disabled-features", "search")
    assert result.exit_code == Exit.DONE, result.stderr
    assert measured.applied[-1] == FEATURES


IMPOSED: dict[str, Callable[[Run], object]] = {
    name: lambda run, words=words: run("impose", *words)  # type: ignore[misc]
    for name, (words, *_) in CASES.items()
}


@pytest.mark.parametrize("measure", CASES)
def test_status_says_what_is_on_and_how_it_is_lifted(measured: Measured, run: Run, measure: str) -> None:
    """To people and to programs."""
    assert not any(row["measures"] for row in json.loads(run("status", "--json").stdout))
    IMPOSED[measure](run)
    told = run("status")
    assert f"! {measure}: " in told.stderr
    assert f"`switchyard lift {measure} -s staging`" in told.stderr
    rows = json.loads(run("status", "--json").stdout)
    assert all(row["measures"] == [measure] for row in rows)
    assert measured.applied
