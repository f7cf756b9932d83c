"""The functions as they run at the edge: the real code in Node, a process that is started once and asked for each request."""

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Self

from ops.errors import SwitchyardError

RUNNER = Path(__file__).with_name("runner.mjs")
Store = Mapping[str, str] | None
"""Values of keys, or None for a store that does not answer."""


def find_node() -> str:
    """Node's program; a SwitchyardError says how to get it."""
    found = shutil.which("node")
    if found is None:
        raise SwitchyardError(
            "Node is not on PATH: the functions of the edge are JavaScript, and run in it.",
            "Install Node 18 or newer (Debian: `apt-get install nodejs`; else https://nodejs.org) and run the command again.",
        )
    return found


class Functions:
    """A process that runs functions, from `with` to its end."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([find_node(), RUNNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what a process that has ended did not read
                if pipe:
                    pipe.close()
        self._process.wait()

    def run(self, code: str, cases: Iterable[tuple[Store, Mapping[str, Any]]]) -> list[dict[str, Any]]:
        """Run a function for each pair of store and event: `result` or `error`, and the keys that were read (`reads`).

        A SwitchyardError when the process has ended.
        """
        batch = json.dumps({"code": code, "cases": [{"store": store, "event": event} for store, event in cases]})
        pipes = self._process.stdin, self._process.stdout
        if pipes[0] is None or pipes[1] is None:
            raise SwitchyardError("Node has no pipes.")
        with self._lock:
            try:
                pipes[0].write(f"{batch}\n")
                pipes[0].flush()
                line = pipes[1].readline()
            except (OSError, ValueError) as error:
                raise SwitchyardError(f"Node has ended: {error}", "Run the command again.") from error
        if not line:
            raise SwitchyardError("Node has ended: see its standard error.", "Run the command again.")
        answers: list[dict[str, Any]] = json.loads(line)
        return answers
