"""When an edit is undone, and when it stays."""

import pytest

from ops.change import Change, carry_out
from ops.errors import BadInputError, CutShortError, EngineError
from ops.parts import RULE, Part, traffic_rule
from tests.ops.stand_in import StandIn, half_done

FLIP = Change("flip", {"services.api.live": "green"}, [traffic_rule("api")])


def text(stack: StandIn) -> str:
    """The stack file as it stands."""
    return stack.target.file.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("error", [EngineError("locked"), CutShortError("Interrupted."), KeyboardInterrupt(), OSError("disk full")])
def test_it_is_undone_when_the_update_changed_nothing(stack: StandIn, error: BaseException) -> None:
    """Whatever ended it."""
    before = text(stack)
    stack.breaks = error
    with pytest.raises(type(error)):
        carry_out(stack, FLIP)
    assert text(stack) == before


@pytest.mark.parametrize("error", [half_done(), CutShortError("Interrupted.", changed=True)])
def test_it_stays_once_something_was_changed(stack: StandIn, error: BaseException) -> None:
    """Config says what the command was about; to call it again could flip back, so AWS is to be looked at."""
    stack.breaks = error
    with pytest.raises(EngineError) as raised:
        carry_out(stack, FLIP)
    assert raised.value.next_step.startswith("`switchyard status -s staging` shows what AWS does now")
    assert stack.target.file.settings().services["api"].live == "green"


def test_it_is_undone_when_ctrl_c_comes_in_the_preview(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was applied."""
    before = text(stack)

    def preview(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stack, "preview", preview)
    with pytest.raises(KeyboardInterrupt):
        carry_out(stack, FLIP)
    assert text(stack) == before
    assert stack.applied == []


def test_nothing_is_edited_for_a_resource_that_is_not_there(stack: StandIn) -> None:
    """The stack was not brought up."""
    before = text(stack)
    with pytest.raises(BadInputError, match="The stack staging has no api-nothing"):
        carry_out(stack, Change("flip", FLIP.keys, [Part(RULE, "api", "-nothing", frozenset())]))
    assert text(stack) == before


def test_somebody_elses_edit_stays_and_the_first_error_is_told(
    stack: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file was edited while the update ran: it is left alone, and that is said beside the error."""

    def apply(*_: object, **__: object) -> None:
        stack.target.file.path.write_text(text(stack) + "# theirs\n", encoding="utf-8")
        raise EngineError("AWS said no")

    monkeypatch.setattr(stack, "apply", apply)
    with pytest.raises(EngineError, match="AWS said no"):
        carry_out(stack, FLIP)
    assert text(stack).endswith("# theirs\n")
    assert "Pulumi.staging.yaml was edited meanwhile and is left as it is." in capsys.readouterr().err
