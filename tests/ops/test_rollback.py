"""`switchyard rollback`: the way back."""

import pytest

from ops.errors import EngineError, Exit
from ops.plan import Finding
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, step_of

PARAMETER = "aws:ssm/parameter:Parameter"


def promoted(stack: StandIn, *services: str, **edits: object) -> None:
    """Put a stack into the state after a promotion: green is live, blue was."""
    for service in services:
        flip = {"live": "green", "previous": "blue", "canary.percent": 0}
        stack.target.file.edit({f"services.{service}.{key}": value for key, value in flip.items()})
    stack.target.file.edit({f"services.{key.replace('__', '.')}": value for key, value in edits.items()})
    stack.cloud.reset(stack.target.file.settings())


def test_it_returns_to_the_color_before(stack: StandIn, run: Run) -> None:
    """`live` goes back, `previous` is forgotten, one rule is written; the time it took is printed."""
    promoted(stack, "api")
    result = run("rollback", "api")
    service = stack.target.file.settings().services["api"]
    assert result.exit_code == Exit.DONE
    assert (service.live, service.previous) == ("blue", None)
    assert stack.applied == [["api-traffic"]]
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}
    assert "✓ rolled back in " in result.stdout
    assert "switchyard promote api -s staging\n" in result.stdout


def test_the_second_one_says_that_there_is_nothing_to_do(stack: StandIn, run: Run) -> None:
    """It refuses, and touches neither file nor AWS."""
    promoted(stack, "api")
    run("rollback", "api")
    before = stack.target.file.path.read_text(encoding="utf-8")
    stack.applied.clear()
    result = run("rollback", "api")
    assert result.exit_code == Exit.REFUSED
    assert (
        "api: nothing to roll back to: no canary runs, and no color was live before, or a release has begun on it since." in result.stderr
    )
    assert stack.applied == []
    assert stack.target.file.path.read_text(encoding="utf-8") == before


def test_a_canary_is_ended_first(stack: StandIn, run: Run) -> None:
    """Live stays, previous is forgotten: the canary is the release that hurts, not the promotion before it."""
    promoted(stack, "api", api__canary__color="blue")
    assert run("shift", "api", "20").exit_code == Exit.DONE
    result = run("rollback", "api")
    service = stack.target.file.settings().services["api"]
    assert result.exit_code == Exit.DONE
    assert (service.live, service.previous, service.canary and service.canary.percent) == ("green", None, 0)
    assert stack.cloud.weights("api") == {"blue": 0, "green": 100}
    assert "switchyard shift api 20 -s staging\n" in result.stdout


def test_an_irreversible_canary_is_ended_all_the_same(stack: StandIn, run: Run) -> None:
    """Live already runs beside its migration."""
    stack.target.file.edit({"services.api.green.irreversible": True})
    run("shift", "api", "20")
    assert run("rollback", "api").exit_code == Exit.DONE
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}


def test_it_does_not_go_over_a_one_way_migration(stack: StandIn, run: Run) -> None:
    """The message says why, and what to do instead; --force does it, and says so."""
    promoted(stack, "api", api__green__irreversible=True)
    result = run("rollback", "api")
    assert result.exit_code == Exit.REFUSED
    assert "api: green's release migrated data one way, and blue runs an older one." in result.stderr
    assert "Release a fix to the idle color and promote it; or --force" in result.stderr
    assert stack.applied == []
    forced = run("rollback", "api", "--force")
    assert forced.exit_code == Exit.DONE
    assert "going back over a one-way migration, since --force says so" in forced.stderr
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}


def test_nothing_unrelated_stops_it(stack: StandIn, run: Run) -> None:
    """Neither other changes nor policy findings nor errors of a preview nor what a killed engine left: they are told afterwards."""
    promoted(stack, "api")
    stack.beside = [step_of(PARAMETER, "web-blue-env-log-level", ("value",))]
    stack.findings = [Finding("delivery", "waiver_expired", mandatory=True, urn="", message="expired")]
    stack.errors = ["the program is broken"]
    stack.half_done = ["creating Subnet network-data-a"]
    result = run("rollback", "api")
    assert result.exit_code == Exit.DONE
    assert stack.applied == [["api-traffic"]]
    assert stack.refreshed == [True, False]
    said = [line for line in result.stderr.splitlines() if line.startswith("!")]
    assert said == ["! half-done: creating Subnet network-data-a", "! the program is broken", "! waiver_expired: expired"]


def test_a_stack_that_cannot_be_previewed_is_rolled_back(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look at the rest comes after the weights, and its failure is a warning."""
    promoted(stack, "api")
    monkeypatch.setattr(stack, "preview", lambda *_, **__: (_ for _ in ()).throw(EngineError("no plugin")))
    result = run("rollback", "api")
    assert result.exit_code == Exit.DONE
    assert "! the rest of the stack cannot be previewed: no plugin" in result.stderr
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}


def test_after_settle_it_restores_the_hold_first(stack: StandIn, run: Run) -> None:
    """Blue has shrunk since: it is raised, alone and without packs, and the weights follow."""
    promoted(stack, "api")
    stack.cloud.size("api-green", desired=4)
    stack.beside = [step_of(PARAMETER, "web-blue-env-log-level", ("value",))]
    result = run("rollback", "api")
    assert result.exit_code == Exit.DONE
    assert "api: blue has shrunk since; raising it first takes a few minutes (--now flips at once)" in result.stderr
    assert stack.applied == [["api-blue-group", "api-green-group"], ["api-traffic"]]
    assert [packs for _, packs in stack.previews] == [False, True]
    assert "hold: 4" in result.stdout


def test_now_flips_at_once(stack: StandIn, run: Run) -> None:
    """No hold, no wait."""
    promoted(stack, "api")
    stack.cloud.size("api-green", desired=4)
    assert run("rollback", "api", "--now").exit_code == Exit.DONE
    assert stack.applied == [["api-traffic"]]


def test_now_keeps_an_instance_under_a_color_that_may_have_none(stack: StandIn, run: Run) -> None:
    """Settings refuse traffic on a color without a floor: the hold goes with the weights."""
    promoted(stack, "api", api__blue__capacity__min=0)
    assert run("rollback", "api", "--now").exit_code == Exit.DONE
    assert sorted(stack.applied[0]) == ["api-blue-group", "api-traffic"]
    assert stack.target.file.settings().services["api"].blue.capacity.hold == 1


def test_a_canary_that_took_the_load_gives_it_back_to_a_fleet_that_can_carry_it(stack: StandIn, run: Run) -> None:
    """Live has shrunk to two while the canary carries 90 % on ten: seven at 80 % of their CPU carry all of it."""
    flip = {"services.api.canary.percent": 90, "services.api.blue.capacity.max": 12, "services.api.green.capacity.max": 12}
    stack.target.file.edit(flip)
    stack.cloud.reset(stack.target.file.settings())
    stack.cloud.size("api-green", desired=10)
    result = run("rollback", "api")
    assert result.exit_code == Exit.DONE
    assert "api: blue has 2 healthy targets on its release and needs 7" in result.stderr
    assert stack.applied == [["api-blue-group", "api-green-group"], ["api-traffic"]]


def test_all_skips_and_lists_what_has_nothing_to_return_to(stack: StandIn, run: Run) -> None:
    """Only api was promoted."""
    promoted(stack, "api")
    result = run("rollback", "--all")
    assert result.exit_code == Exit.DONE
    assert "skipped, with nothing to roll back to: web" in result.stderr
    assert stack.applied == [["api-traffic"]]


def test_all_returns_them_in_one_update(stack: StandIn, run: Run) -> None:
    """Both rules in one write."""
    promoted(stack, "api", "web")
    assert run("rollback", "--all").exit_code == Exit.DONE
    assert stack.applied == [["api-traffic", "web-traffic"]]


def test_a_service_that_has_to_wait_keeps_no_other_waiting(stack: StandIn, run: Run) -> None:
    """The one with capacity goes first, though it is named later in the file."""
    promoted(stack, "api", "web")
    stack.cloud.size("api-green", desired=4)
    assert run("rollback", "--all").exit_code == Exit.DONE
    assert stack.applied == [["web-traffic"], ["api-blue-group", "api-green-group"], ["api-traffic"]]


def test_a_migration_of_one_service_does_not_hold_the_others(stack: StandIn, run: Run) -> None:
    """Web goes back; api is named, and the exit code says that not all did."""
    promoted(stack, "api", "web", api__green__irreversible=True)
    result = run("rollback", "--all")
    assert result.exit_code == Exit.REFUSED
    assert stack.applied == [["web-traffic"]]
    assert "api: green's release migrated data one way" in result.stderr


@pytest.mark.parametrize("words", [(), ("api", "--all")])
def test_one_service_or_all(run: Run, words: tuple[str, ...]) -> None:
    """Neither and both are told apart from a refusal by the exit code."""
    result = run("rollback", *words)
    assert result.exit_code == Exit.BAD_INPUT
    assert "Name one service, or say --all." in result.stderr


def test_an_edit_is_undone_when_nothing_was_changed(stack: StandIn, run: Run) -> None:
    """Ctrl-C before the engine has started: config stays as it was, and the exit code says why."""
    promoted(stack, "api")
    before = stack.target.file.path.read_text(encoding="utf-8")
    stack.breaks = KeyboardInterrupt()
    result = run("rollback", "api")
    assert result.exit_code == Exit.INTERRUPTED
    assert "Interrupted." in result.stderr
    assert stack.target.file.path.read_text(encoding="utf-8") == before
