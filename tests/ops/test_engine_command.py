"""Running the engine's program, and Ctrl-C: shell scripts stand in for the program."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pulumi.automation.errors import CommandError, ConcurrentUpdateError

from ops.engine_command import EngineCommand, to_the_end

Make = Callable[[str], EngineCommand]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write an engine that answers `version`, and does what the script says otherwise."""

    def write(script: str) -> EngineCommand:
        program = tmp_path / "bin" / "pulumi"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nif [ "$1" = version ]; then echo v3.259.0; exit; fi\n{script}\n', encoding="utf-8")
        program.chmod(0o755)
        return EngineCommand(str(tmp_path))

    return write


def test_a_command_says_what_it_printed(make: Make, tmp_path: Path) -> None:
    """Both streams, its folder, its variables, its own folder first on PATH, never a question."""
    command = make('echo "$@"; pwd; echo "$MINE $PULUMI_AUTOMATION_API"; echo "${PATH%%:*}"; echo warned >&2')
    told: list[str] = []
    warned: list[str] = []
    result = command.run(["up", "--yes"], str(tmp_path), {"MINE": "1"}, told.append, warned.append)
    assert result.stdout.splitlines() == told == ["--non-interactive up --yes", str(tmp_path), "1 true", str(tmp_path / "bin")]
    assert result.stderr.splitlines() == warned == ["warned"]


def test_a_command_that_fails_raises_the_sdks_errors(make: Make, tmp_path: Path) -> None:
    """A locked stack is told apart."""
    command = make('echo "error: the stack is currently locked by 1 lock(s)" >&2; exit 255')
    with pytest.raises(ConcurrentUpdateError):
        command.run(["up"], str(tmp_path), {})


def test_the_terminals_ctrl_c_does_not_reach_it(make: Make, tmp_path: Path) -> None:
    """It runs in a session of its own."""
    session = make("ps -o sid= -p $$").run(["up"], str(tmp_path), {}).stdout
    assert int(session) != os.getsid(0)


TRAP = """trap 'echo interrupted >&2; exit 7' INT
echo ready > started
while :; do sleep 0.02; done"""


def test_an_interrupt_reaches_it_once_and_its_end_is_awaited(make: Make, tmp_path: Path) -> None:
    """Ctrl-C while it works: it is told, it ends by itself, and only then KeyboardInterrupt goes on. Nothing starts after that."""
    command = make(TRAP)
    said: list[str] = []
    ends: list[BaseException] = []

    def work() -> None:
        try:
            command.run(["up"], str(tmp_path), {})
        except BaseException as error:
            ends.append(error)
            raise

    timer = threading.Thread(target=interrupt_once_started, args=(tmp_path / "started",))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        to_the_end(work, command.interrupt, lambda: said.append("told"))
    timer.join()
    assert said == ["told"]
    assert [type(error) for error in ends] == [CommandError]
    assert "interrupted" in str(ends[0])
    with pytest.raises(KeyboardInterrupt):
        command.run(["stack", "output"], str(tmp_path), {})


def interrupt_once_started(sign: Path) -> None:
    """Press Ctrl-C as soon as the program says that it runs."""
    while not sign.exists():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)


def test_an_engine_that_was_killed_leaves_nothing_behind(make: Make, tmp_path: Path) -> None:
    """Its plugins, which have process groups of their own, end with it; nobody else's process does."""
    script = f"set -m; sleep 600 >/dev/null 2>&1 & echo $! > {tmp_path}/plugin; kill -KILL $$"
    other = subprocess.Popen(["sleep", "600"])
    with pytest.raises(CommandError):
        make(script).run(["up"], str(tmp_path), {})
    plugin = Path("/proc") / (tmp_path / "plugin").read_text(encoding="utf-8").strip() / "stat"
    try:
        deadline = time.monotonic() + 60
        while plugin.exists() and ") Z " not in plugin.read_text(encoding="utf-8") and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not plugin.exists() or ") Z " in plugin.read_text(encoding="utf-8")
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_work_that_ends_by_itself_is_handed_through() -> None:
    """Its result, or its error."""
    assert to_the_end(lambda: 3, pytest.fail, pytest.fail) == 3
    with pytest.raises(ZeroDivisionError):
        to_the_end(lambda: 1 // 0, pytest.fail, pytest.fail)
