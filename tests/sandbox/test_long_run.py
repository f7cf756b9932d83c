"""Programs that take minutes: what the person who waits gets to read."""

import os
import time
from pathlib import Path

import pytest

from sandbox import long_run
from sandbox.long_run import elapsed, run_logged, tail
from tests.sandbox.processes import alive


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0 s"), (59.9, "59 s"), (65, "1 min 05 s"), (600, "10 min 00 s")])
def test_time_is_written_as_people_do(seconds: float, text: str) -> None:
    """Minutes only where there are any."""
    assert elapsed(seconds) == text


def test_progress_is_told_while_the_program_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start and then at the interval, which is below five seconds."""
    assert long_run.PROGRESS_SECONDS < 5
    monkeypatch.setattr(long_run, "PROGRESS_SECONDS", 0.2)
    told: list[str] = []
    code = run_logged(
        ["/bin/sh", "-c", "sleep 0.7; echo done; exit 3"], log=tmp_path / "log", env={}, doing="sleeping", progress=told.append
    )
    assert code == 3
    assert told[0] == "sleeping: 0 s"
    assert len(told) >= 3
    assert tail(tmp_path / "log") == "    done"


def test_a_program_that_is_left_early_is_ended(tmp_path: Path) -> None:
    """Ctrl-C during the engine's build must not leave a compiler at work."""

    def interrupt(_: str) -> None:
        pid = tmp_path / "pid"
        while not (pid.exists() and pid.read_text(encoding="utf-8").strip()):
            time.sleep(0.01)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_logged(["/bin/sh", "-c", "echo $$ > pid; exec sleep 60"], log=tmp_path / "log", env=os.environ, doing="", progress=interrupt)
    assert not alive(int((tmp_path / "pid").read_text(encoding="utf-8")))


def test_a_log_that_is_not_there_has_no_end(tmp_path: Path) -> None:
    """A program that never started has nothing to quote."""
    assert tail(tmp_path / "log") == ""
