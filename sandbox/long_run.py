"""Programs that run for minutes: output to a log, elapsed time to the person who waits."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Progress = Callable[[str], None]
"""Told one line at a time what is going on."""

PROGRESS_SECONDS = 4.0
"""A person who reads nothing new for more than five seconds starts to wonder."""

TAIL_LINES = 15


def elapsed(seconds: float) -> str:
    """Write a time as a person does: `42 s`, `3 min 05 s`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def run_logged(command: Sequence[str], *, log: Path, env: Mapping[str, str], doing: str, progress: Progress) -> int:
    """Run `command` in the folder of `log`, which takes its output, saying `doing` and the time every few seconds; its exit code.

    A program that is left early (Ctrl-C) is ended with its caller.
    """
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=log.parent, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        with process:
            try:
                while process.poll() is None:
                    progress(f"{doing}: {elapsed(time.monotonic() - began)}")
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(PROGRESS_SECONDS)
            finally:
                if process.poll() is None:
                    process.terminate()
    return process.returncode


def tail(log: Path) -> str:
    """Quote the last lines of a log; empty when there is none."""
    if not log.exists():
        return ""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])
