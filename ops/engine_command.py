"""The engine as a program that Ctrl-C does not tear down: it hears of it once, from here, and ends what is under way."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import create_command_error

Told = Callable[[str], object]
T = TypeVar("T")


class EngineCommand(PulumiCommand):
    """Runs the engine in a session of its own, so that the terminal's Ctrl-C reaches it through `interrupt` alone.

    The engine takes a second interrupt as the order to drop everything, and its caller's death too: both leave a locked state and
    half-made resources.
    """

    _running: subprocess.Popen[str] | None = None
    _interrupted = False

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Told | None = None,
        on_error: Told | None = None,
    ) -> CommandResult:
        """Run one command and return what it printed; a CommandError when it fails, a KeyboardInterrupt once interrupted."""
        if self._interrupted:
            raise KeyboardInterrupt
        command = [self.command, "--non-interactive", *args]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdout=pipe, stderr=pipe, cwd=cwd, env=self._environment(additional_env), encoding="utf-8", start_new_session=True
        ) as process:
            self._running = process
            if self._interrupted:
                process.send_signal(signal.SIGINT)
            told, warned = process.communicate()
        self._running = None
        if process.returncode < 0:
            _end_session(process.pid)
        for text, take in ((told, on_output), (warned, on_error)):
            if take:
                for line in text.splitlines():
                    take(line)
        result = CommandResult(told.rstrip(), warned.rstrip(), process.returncode)
        if result.code:
            raise create_command_error(result)
        return result

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """This process's variables and more; the engine's own folder comes first on PATH, since plugins may lie there."""
        variables = {**os.environ, **more, "PULUMI_AUTOMATION_API": "true"}
        variables["PATH"] = f"{Path(self.command).parent}{os.pathsep}{variables.get('PATH', os.defpath)}"
        return variables

    def interrupt(self) -> None:
        """Ask the running command to end, the first time after what is under way, the second time at once; none starts after it."""
        self._interrupted = True
        if self._running:
            self._running.send_signal(signal.SIGINT)


def _end_session(leader: int) -> None:
    """End what a killed engine has left: its plugins would go on asking AWS for minutes. Does nothing where there is no /proc."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            session = status.read_text(encoding="utf-8").rpartition(")")[2].split()[3]
            if session == str(leader):
                os.kill(int(status.parent.name), signal.SIGKILL)


def to_the_end(work: Callable[[], T], interrupt: Callable[[], None], tell: Callable[[], None]) -> T:
    """Do the work in a thread of its own and wait for it; on Ctrl-C `tell`, `interrupt` it, and wait for its end all the same.

    Raises what the work raises; KeyboardInterrupt once it has ended after a Ctrl-C.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(work)
        try:
            return future.result()
        except KeyboardInterrupt:
            tell()
            _end(future, interrupt)
            raise


def _end(future: Future[T], interrupt: Callable[[], None]) -> None:
    interrupt()
    while not future.done():
        try:
            future.exception()
        except KeyboardInterrupt:
            interrupt()
