"""How a rehearsal is played and told; what it proves is in tests/engine."""

import json
from pathlib import Path
from typing import Any

import pytest

from ops.console import out
from ops.errors import CutShortError, Exit, RefusedError
from ops.parts import GROUP, RULE
from ops.plan import Plan
from ops.rehearsal import Act, BrokenPromiseError, Scene, Stage, counted, hold, play, refused, write_reports
from ops.terminal import Terminal
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, step_of


@pytest.fixture
def stage(stack: StandIn, tmp_path: Path) -> Stage:
    """The staging stack, flipping api."""
    return Stage(stack, "api", Terminal(tmp_path, "staging"))


def refuse() -> None:
    """What a command does that must not go on."""
    raise RefusedError("api: nothing to roll back to\nand more")


def broken(_stage: Stage) -> str:
    """An act whose promise is not kept."""
    hold("weights in AWS", wanted={"blue": 0}, found={"blue": 100})
    return "never"


def never(_stage: Stage) -> str:
    """An act that must not be played."""
    pytest.fail("it was played")


def crash(_stage: Stage) -> str:
    """An act that meets something unforeseen."""
    raise KeyError("groups")


def test_it_ends_at_the_first_broken_promise(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """The timeline shows what was kept, what was not and why; the acts after it are not played."""
    acts = [Act("first", "all is well", lambda _: "[seen]"), Act("second", "it flips", broken), Act("third", "never", never)]
    scenes = play(stage, acts)
    assert [(scene.title, scene.kept) for scene in scenes] == [("first", True), ("second", False)]
    assert scenes[1].seen == "weights in AWS: promised {'blue': 0}, found {'blue': 100}."
    told = capsys.readouterr().out
    assert "✓ 00:00 first 0.0 s\n         all is well\n         [seen]\n" in told
    assert "✗ 00:00 second 0.0 s\n" in told
    assert "third" not in told


def test_whatever_goes_wrong_is_a_broken_promise(stage: Stage) -> None:
    """The report is written all the same."""
    assert play(stage, [Act("first", "all is well", crash)])[0].seen == "KeyError: 'groups'"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), CutShortError("Interrupted.")])
def test_ctrl_c_breaks_no_promise(stage: Stage, error: BaseException) -> None:
    """It ends the rehearsal as it ends every command."""

    def cut(_stage: Stage) -> str:
        raise error

    with pytest.raises(type(error)):
        play(stage, [Act("first", "all is well", cut)])


def test_the_commands_own_results_do_not_drown_the_timeline(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """They are silent while an act plays, and only then."""

    def talk(_stage: Stage) -> str:
        out.print("a table")
        return "done"

    play(stage, [Act("first", "all is well", talk)])
    out.print("afterwards")
    told = capsys.readouterr().out
    assert "a table" not in told
    assert told.endswith("afterwards\n")


def test_an_act_remembers_what_it_changed(stage: Stage) -> None:
    """Operation by operation, from the engine's events."""
    groups = Plan(steps=[step_of(GROUP, f"api-{color}-group", ("minSize",)) for color in ("blue", "green")])
    rule = Plan(steps=[step_of(RULE, "api-traffic", ("actions",))])

    def act(playing: Stage) -> str:
        playing.deployment.journal.extend([groups, rule])
        return counted(playing.changed(-1))

    scene = play(stage, [Act("first", "one rule", act)])[0]
    assert scene.operations == [["update Group api-blue-group", "update Group api-green-group"], ["update ListenerRule api-traffic"]]
    assert scene.seen == "1 changed: update ListenerRule api-traffic"
    assert counted([[]]) == "nothing changed"


def test_the_stage_reads_aws(stage: Stage) -> None:
    """Weights by the rule, and which color is idle by config."""
    assert stage.weights() == stage.weights("web") == {"blue": 100, "green": 0}
    assert stage.other() == "green"


def test_a_refusal_must_come_with_its_reason() -> None:
    """The first line is what was seen; no refusal, or another one, is a broken promise."""
    assert refused(refuse, "nothing to roll back to") == "api: nothing to roll back to"
    with pytest.raises(BrokenPromiseError, match="the refusal names 'protected'"):
        refused(refuse, "protected")
    with pytest.raises(BrokenPromiseError, match="It was not refused"):
        refused(lambda: None, "protected")


def test_it_is_reported_to_programs_and_to_people(tmp_path: Path) -> None:
    """The same scenes in JSON and in a page."""
    scenes = [Scene("up", "all comes up", "257 resources", 29.71, [["create Vpc"]], kept=True), Scene("promote", "one rule", "a|b\nc")]
    data, page = write_reports(tmp_path / "reports", "staging", scenes)
    told = json.loads(data.read_text(encoding="utf-8"))
    assert (told["stack"], told["scenes"][0]["operations"], told["scenes"][1]["kept"]) == ("staging", [["create Vpc"]], False)
    assert "| kept | up | all comes up | 257 resources | 29.7 |" in page.read_text(encoding="utf-8")
    assert "| **broken** | promote | one rule | a\\|b<br>c | 0.0 |" in page.read_text(encoding="utf-8")


@pytest.fixture
def rehearsed(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """`rehearse` with an act or two of each part, and what becomes of its sandbox."""
    done: list[str] = []

    def note(word: str, result: Any) -> Any:
        done.append(word)
        return result

    monkeypatch.setattr(Terminal, "open", lambda *_: note("opened", stack))
    monkeypatch.setattr(Terminal, "remove", lambda *_: note("removed", None))
    monkeypatch.setattr("ops.commands.rehearse.ACTS", [Act("operator", "", lambda _: note("operator", "seen"))])
    monkeypatch.setattr("ops.commands.rehearse.faults.ACTS", [Act("fault", "", lambda _: note("fault", "seen"))])
    return done


def test_faults_are_played_only_when_asked_for(rehearsed: list[str], run: Run, tmp_path: Path) -> None:
    """After all else, on an account with nothing in it; the sandbox is gone in the end."""
    result = run("rehearse", "--reports", str(tmp_path))
    assert (rehearsed, result.exit_code) == (["removed", "opened", "operator", "removed"], 0)
    rehearsed.clear()
    result = run("rehearse", "--faults", "--reports", str(tmp_path))
    assert rehearsed == ["removed", "opened", "operator", "removed", "opened", "fault", "removed"]
    assert "✓ staging: 2 of 2 promises kept" in result.stdout


def test_no_fault_is_played_after_a_broken_promise(rehearsed: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sandbox is left to be looked at."""
    monkeypatch.setattr("ops.commands.rehearse.ACTS", [Act("bad", "", broken)])
    result = run("rehearse", "--faults", "--reports", str(tmp_path))
    assert rehearsed == ["removed", "opened"]
    assert result.exit_code == Exit.FAILED
    assert "✗ bad: weights in AWS: promised {'blue': 0}, found {'blue': 100}." in result.stderr
