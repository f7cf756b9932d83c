"""The cloud of a sandbox: moto's server as a background process, one a folder, known by the lock it holds.

The process writes who it is into `process.json` and keeps that file locked while it lives; the kernel drops the lock with the process,
whatever ended it. So a stale file, or a process id that now belongs to another program, is never taken for a living emulator. Its memory
lives as long as it does: `generation` names one such life.
"""

import contextlib
import fcntl
import importlib.util
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ops.errors import SwitchyardError
from sandbox.long_run import tail
from sandbox.loopback import HOST, NoAnswerError, call
from sandbox.paths import ROOT

IDENTITY_PATH = "/_switchyard/identity"
"""No S3 bucket's name may start with an underscore, so no request to the cloud has this path."""

RECORD_NAME = "process.json"
PORT_NAME = "port"
LOG_NAME = "log"

START_SECONDS = 30.0
"""A start takes about a second on an idle machine."""
STOP_SECONDS = 5.0
ANSWER_SECONDS = 15.0
"""A busy emulator answers late. One that is taken for dead is ended, and its memory with it, so rather wait."""
POLL_SECONDS = 0.05

SETTINGS = {
    "MOTO_ACM_VALIDATION_WAIT": "0",  # a certificate is issued at once, not after a minute
    "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",  # an account sees the images that its stack file names, and no other
    "MOTO_ENABLE_AMI_VALIDATION": "true",  # an instance of an unknown image is refused, as AWS does
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "false",  # the stack writes its own policies
}


class State(StrEnum):
    """What an emulator is doing."""

    RUNNING = "running"
    SILENT = "stopped answering"
    DIED = "ended without being stopped"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Status:
    """What there is to know of an emulator."""

    state: State
    pid: int = 0
    port: int = 0
    generation: str = ""
    """A new one with each start; empty when no process lives."""

    @property
    def endpoint(self) -> str:
        """Where the AWS clients find it."""
        return f"http://{HOST}:{self.port}"


class Emulator:
    """The emulator of one folder. Two folders never share a process; two commands on one folder do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.log = self.folder / LOG_NAME
        self._record = self.folder / RECORD_NAME

    @property
    def generation(self) -> str:
        """The name of the life whose memory can be asked now; empty when there is none."""
        return self.status().generation

    def status(self) -> Status:
        """Whether the process lives (by its lock) and answers as itself (by HTTP)."""
        written = self._holder()
        if written is None:
            return Status(State.DIED if self._record.exists() else State.STOPPED)
        pid, port, generation = written
        try:
            _, identity = call(port, "GET", IDENTITY_PATH, timeout_seconds=ANSWER_SECONDS)
        except NoAnswerError:
            identity = {}
        state = State.RUNNING if identity.get("generation") == generation else State.SILENT
        return Status(state, pid, port, generation)

    def start(self) -> Status:
        """Start the process unless it runs. It keeps the folder's port if that is free; a SwitchyardError holds the end of its log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._one_at_a_time():
            status = self.status()
            if status.state is State.RUNNING:
                return status
            self._end(status)
            return self._launch()

    def stop(self) -> None:
        """End the process, if it lives; what it held is gone."""
        if self.folder.exists():
            with self._one_at_a_time():
                self._end(self.status())

    def _holder(self) -> tuple[int, int, str] | None:
        """Read process id, port and generation of the process that holds the record's lock; None when no process does."""
        with contextlib.suppress(FileNotFoundError), self._record.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                written = json.load(file)
                return int(written["pid"]), int(written["port"]), str(written["generation"])
        return None

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Two commands at once: the second waits and finds what the first did."""
        with (self.folder / "start.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _end(self, status: Status) -> None:
        """End the process of `status`, politely first, and drop its record."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if not status.pid:
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(status.pid, number)
            if self._ended(status.pid):
                break
        self._record.unlink(missing_ok=True)

    def _ended(self, pid: int) -> bool:
        """Wait for the process to leave; it is reaped if it was started from here."""
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            _reap(pid)
            if self._holder() is None:
                return True
            time.sleep(POLL_SECONDS)
        return False

    def _launch(self) -> Status:
        """Start a process and wait until it answers as the one that was started."""
        if importlib.util.find_spec("moto") is None:
            raise SwitchyardError("The sandbox's emulator is not installed: there is no `moto` in this environment.", "Run `make setup`.")
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous"))
        pid = _spawn([sys.executable, "-P", "-m", "sandbox.emulator_process", str(self.folder)], self.log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not _reap(pid):
            status = self.status()
            if status.state is State.RUNNING:
                return status
            time.sleep(POLL_SECONDS)
        raise SwitchyardError(
            f"The sandbox's emulator did not start. The end of {self.log}:\n{tail(self.log)}",
            "Run `switchyard doctor`; if the log does not say what is wrong, `switchyard down` and start again.",
        )


def _environment() -> Mapping[str, str]:
    """Make the environment of the process: nothing of the user's AWS settings, since moto asks boto3 for lists of regions."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MOTO_"))}
    return {**kept, **SETTINGS, "PYTHONPATH": str(ROOT)}


def _spawn(command: list[str], log: Path) -> int:
    """Start a process that outlives this one and its terminal: a session of its own, so that Ctrl-C here does not reach it."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(command[0], command, _environment(), file_actions=actions, setsid=True)


def _reap(pid: int) -> bool:
    """Whether a process that was started from here has ended; it leaves no zombie then."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return False
