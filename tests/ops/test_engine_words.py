"""What the engine's end is called."""

import pytest
from pulumi.automation import CommandResult
from pulumi.automation.errors import CommandError
from pulumi.automation.events import OpType

from ops.engine_words import as_engine_errors, cut_short, told_by
from ops.errors import EngineError
from ops.plan import Finding, Plan, Step

URN = "urn:pulumi:prod::switchyard::aws:ec2/vpc:Vpc::{}"


def ended(code: int, stderr: str = "") -> CommandError:
    """An engine that has ended with a code and a last word."""
    return CommandError(CommandResult(stdout="", stderr=stderr, code=code))


def step(name: str) -> Step:
    """A step of an operation."""
    return Step(OpType.CREATE, URN.format(name), "aws:ec2/vpc:Vpc", (), {}, {})


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ended(-9), "the engine was killed (Killed)"),
        (ended(1), "the engine ended without a word (exit code 1)"),
        (ended(255, "error: the backend is gone\nand more"), "error: the backend is gone"),
    ],
    ids=["killed", "silent", "with an error"],
)
def test_an_end_is_told_in_the_engines_words_or_by_how_it_came(error: CommandError, told: str) -> None:
    """A signal is named."""
    assert told_by(Plan(), error) == told
    with pytest.raises(EngineError) as caught, as_engine_errors():
        raise error
    assert caught.value.message == told


def test_what_resources_say_comes_before_the_engines_last_word() -> None:
    """Errors first, else violations."""
    finding = Finding("security", "closed", mandatory=True, urn="", message="it is open")
    assert told_by(Plan(errors=["AWS said no"], findings=[finding]), ended(255, "error: update failed")) == "AWS said no"
    assert told_by(Plan(findings=[finding]), ended(255, "error: update failed")) == "closed: it is open"


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (Plan(), "Interrupted. Nothing was changed."),
        (Plan(steps=[step("a")], done={URN.format("a")}), "Interrupted. Changed by then: 1 resource."),
        (Plan(steps=[step("a")]), "Interrupted. Perhaps done, perhaps not: create Vpc a."),
        (
            Plan(steps=[step("a"), step("b")], done={URN.format("a")}),
            "Interrupted. Changed by then: 1 resource. Perhaps done, perhaps not: create Vpc b.",
        ),
    ],
    ids=["nothing", "done", "begun", "both"],
)
def test_an_interruption_says_how_far_it_had_come(plan: Plan, told: str) -> None:
    """What was begun and not ended may be there or not, and is named."""
    assert cut_short(plan) == told
