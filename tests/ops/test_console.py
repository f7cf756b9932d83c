"""What people see."""

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from ops import console

SAID = "[one, two] [/red] :key: 'x' 100 https://example.com"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Let progress think that it writes to a terminal."""
    written = io.StringIO()
    monkeypatch.setattr(console, "err", Console(file=written, force_terminal=True, markup=False, emoji=False, width=200))
    return written


def test_everything_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """No markup, no emoji, no wrapping."""
    long = SAID + "x" * 300
    console.done(long)
    console.commands("Try:", [long])
    console.table(("a",), [[SAID]])
    console.progress(long)
    console.warn(long)
    console.failed(long, long)
    told = capsys.readouterr()
    assert told.out.splitlines()[:4] == [f"✓ {long}", "", "Try:", f"  {long}"]
    assert SAID in told.out.splitlines()[-1]
    assert told.err.splitlines() == [f"· {long}", f"! {long}", f"✗ {long}", f"  {long}"]


def test_a_long_step_shows_its_time_on_a_terminal(terminal: io.StringIO) -> None:
    """One line that moves."""
    with console.Activity("previewing [all]") as doing:
        doing.tell("3 to [create]")
    assert "previewing [all]: 3 to [create] (0 s)" in terminal.getvalue()


def test_a_long_step_says_a_line_now_and_then_elsewhere(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A log is not flooded."""
    clock = iter([0.0, 5.0, 5.0, 11.0, 11.0, 11.0, 12.0, 12.0])
    monkeypatch.setattr("ops.console.time.monotonic", lambda: next(clock))
    with console.Activity("updating") as doing:
        for number in range(3):
            doing.tell(f"{number} done")
    assert capsys.readouterr().err == "· updating: 1 done (11 s)\n"


@pytest.mark.parametrize(("number", "told"), [(0, "0 changes"), (1, "1 change"), (2, "2 changes")])
def test_a_count_has_its_plural(number: int, told: str) -> None:
    """One is not many."""
    assert console.count(number, "change") == told


def test_a_printed_command_can_be_typed_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the environment activated, PATH does not find the program, and its path is printed; other programs are left alone."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    typed = console.runnable("switchyard status -s prod")
    assert Path(typed.split()[0]).resolve() == Path(sys.executable).with_name("switchyard").resolve()
    assert typed.endswith("switchyard status -s prod")
    assert console.runnable("git commit") == "git commit"
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/switchyard")
    assert console.runnable("switchyard status") == "switchyard status"
