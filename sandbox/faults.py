"""Faults on order: what can go wrong in the middle of an operation, carried out by the sandbox's provider at a call that a plan names.

`plan` writes it into a sandbox's folder. The next plugin that the engine starts there reads it, and counts the calls that change something.
"""

import json
import os
import re
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from sandbox.emulator import RECORD_NAME
from sandbox.refusals import Refusal

PLAN, STRUCK = "fault.json", "fault-struck.json"
LOOKS = re.compile(r"Describe|Get|List|Head")
"""How the operations begin that change nothing."""

FOREVER = 10_000
"""Calls: more than an operation makes."""
PAUSE_SECONDS = 1.0  # between two signals, as between two presses of a key


class Kind(StrEnum):
    """What goes wrong."""

    ENGINE_KILLED = "engine killed"
    MACHINE_DOWN = "machine down"
    """The engine and its plugin end together, before they have asked."""
    EMULATOR_KILLED = "emulator killed"
    INTERRUPTED = "Ctrl-C"
    DISK_FULL = "disk full"
    """The engine cannot write to a file any more."""
    NO_NETWORK = "network gone"
    TIMEOUT = "timeout"
    """The request is lost, and no answer comes."""
    THROTTLED = "throttled"
    DENIED = "access denied"
    CONFLICT = "conflict"


AFTER = frozenset({Kind.ENGINE_KILLED, Kind.INTERRUPTED})
"""What strikes when AWS has carried the call out, so that nobody notes it; the rest strikes before it is sent."""


@dataclass(frozen=True)
class Fault:
    """A fault and its moment."""

    kind: Kind
    call: int = 1
    """At which call that changes something, counted from 1."""
    times: int = 1
    """How many calls it strikes, reading ones included; how often a signal is sent."""
    operation: str = ""
    """The only operation whose calls are counted."""

    def __str__(self) -> str:
        """`engine killed at change 3`, `conflict at DeleteVpc`, `network gone from change 20 on`."""
        moment = self.operation if self.operation and self.call == 1 else f"{self.operation or 'change'} {self.call}"
        if self.times == FOREVER:
            return f"{self.kind} from {moment} on"
        return f"{self.kind} at {moment}{f', {self.times} times' if self.times > 1 else ''}"


def plan(folder: Path, fault: Fault) -> None:
    """Let a fault strike the next operation in the sandbox of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STRUCK).unlink(missing_ok=True)
    (folder / PLAN).write_text(json.dumps(asdict(fault)), encoding="utf-8")


def call_off(folder: Path) -> str:
    """End a plan; return the operation that it struck first, empty when it struck none."""
    struck = folder / STRUCK
    (folder / PLAN).unlink(missing_ok=True)
    return struck.read_text(encoding="utf-8") if struck.exists() else ""


@cache
def _planned() -> "Striker | None":
    """The plan of the sandbox whose engine has started this process: the engine's home lies in the sandbox's folder."""
    home = os.environ.get("PULUMI_HOME")
    path = Path(home).parent / PLAN if home else None
    if not path or not path.exists():
        return None
    written = json.loads(path.read_text(encoding="utf-8"))
    return Striker(Fault(**{**written, "kind": Kind(written["kind"])}), path.parent, os.getppid())


def plant(client: Any) -> None:
    """Let the planned fault, if there is one, strike a boto3 client's calls."""
    striker = _planned()
    if striker:
        striker.watch(client)


class Striker:
    """Counts the calls of a process, and strikes. It is called from many threads."""

    def __init__(self, fault: Fault, folder: Path, engine: int) -> None:
        self._fault = fault
        self._folder = folder
        self._engine = engine
        self._lock = threading.Lock()
        self._changes = self._struck = 0

    def watch(self, client: Any) -> None:
        """Look at all that a client does."""
        protocol = client.meta.service_model.resolved_protocol
        event = "after-call" if self._fault.kind in AFTER else "before-send"
        client.meta.events.register(event, partial(self._see, protocol))

    def _see(self, protocol: str, event_name: str, **_: Any) -> AWSResponse | None:
        operation = event_name.rpartition(".")[2]
        if not self._is_struck(operation):
            return None
        refusal = REFUSALS.get(self._fault.kind)
        return refusal.answer(protocol) if refusal else DEEDS[self._fault.kind](self)

    def _is_struck(self, operation: str) -> bool:
        """Count a call; whether the fault strikes it. The last stroke uses the plan up."""
        with self._lock:
            self._changes += operation == self._fault.operation if self._fault.operation else not LOOKS.match(operation)
            strokes = 1 if self._fault.kind in AFTER else self._fault.times
            if self._changes < self._fault.call or self._struck >= strokes:
                return False
            self._struck += 1
            if self._struck == 1:
                (self._folder / STRUCK).write_text(operation, encoding="utf-8")
            if self._struck == strokes:
                (self._folder / PLAN).unlink(missing_ok=True)
            return True

    def kill_engine(self) -> None:
        """End the engine; this plugin lives on until it notices."""
        os.kill(self._engine, signal.SIGKILL)

    def go_down(self) -> None:
        """End the engine and this plugin."""
        self.kill_engine()
        os._exit(1)

    def kill_emulator(self) -> None:
        """End the emulator, and the account with it."""
        os.kill(json.loads((self._folder / "emulator" / RECORD_NAME).read_text(encoding="utf-8"))["pid"], signal.SIGKILL)

    def interrupt(self) -> None:
        """Press Ctrl-C in the terminal of the command that runs the engine."""
        told = subprocess.run(["ps", "-o", "ppid=", "-p", str(self._engine)], capture_output=True, text=True, check=True)
        for number in range(self._fault.times):
            time.sleep(PAUSE_SECONDS if number else 0)
            os.kill(int(told.stdout), signal.SIGINT)

    def fill_disk(self) -> None:
        """Let the kernel refuse whatever the engine writes to a file from now on."""
        _, most = resource.prlimit(self._engine, resource.RLIMIT_FSIZE)
        resource.prlimit(self._engine, resource.RLIMIT_FSIZE, (0, most))

    def cut_off(self) -> None:
        """Find no way to AWS."""
        raise EndpointConnectionError(endpoint_url="the cloud")

    def hear_nothing(self) -> None:
        """Give up waiting for an answer."""
        raise ReadTimeoutError(endpoint_url="the cloud")


REFUSALS: Mapping[Kind, Refusal] = {
    Kind.THROTTLED: Refusal(400, "Throttling", "Rate exceeded"),
    Kind.DENIED: Refusal(403, "AccessDenied", "The role may not do this"),
    Kind.CONFLICT: Refusal(409, "ConflictException", "Another operation is in progress"),
}
"""What AWS answers itself."""

DEEDS: Mapping[Kind, Callable[[Striker], None]] = {
    Kind.ENGINE_KILLED: Striker.kill_engine,
    Kind.MACHINE_DOWN: Striker.go_down,
    Kind.EMULATOR_KILLED: Striker.kill_emulator,
    Kind.INTERRUPTED: Striker.interrupt,
    Kind.DISK_FULL: Striker.fill_disk,
    Kind.NO_NETWORK: Striker.cut_off,
    Kind.TIMEOUT: Striker.hear_nothing,
}
