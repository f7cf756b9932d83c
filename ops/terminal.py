"""The command as it is typed at another terminal: a process of its own, which a fault can strike by itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ops.deployment import Deployment
from ops.target import SandboxTarget
from sandbox.account import Sandbox
from sandbox.engine import EngineSource
from sandbox.long_run import Progress
from sandbox.paths import ROOT

LONGEST_SECONDS = 2700
"""Far beyond any command on a busy machine, a rehearsal of thirty acts included: it ends what hangs, and times nothing."""
COMMAND = (sys.executable, "-c", "import signal as s; s.signal(s.SIGINT, s.default_int_handler); from ops.cli import main; main()")
"""A terminal answers to Ctrl-C, also where this process does not: what a script begins in the background hands on that it ignores it."""


@dataclass(frozen=True)
class Terminal:
    """A terminal with a home of its own, in which `--sandbox` means the sandbox in that folder."""

    home: Path
    stack: str

    @property
    def sandbox(self) -> Sandbox:
        """What `--sandbox` means here."""
        return Sandbox(self.home / "sandbox")

    def open(self, progress: Progress) -> Deployment:
        """The stack in it. Each call reads anew what commands have left, and starts what is missing."""
        deployment = Deployment(SandboxTarget(self.stack, self.sandbox, progress))
        engine, link = deployment.target.engine, self.home / "engine"
        if engine.source is EngineSource.BUILT and not link.exists():
            link.symlink_to(engine.root)
        return deployment

    def type(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Call a command on the stack to its end."""
        return self.end(self.start(*words, "-s", self.stack, "--sandbox"))

    def start(
        self, *words: str, command: Sequence[str] = COMMAND, variables: Mapping[str, str] | None = None, apart: bool = False
    ) -> subprocess.Popen[str]:
        """Begin to run the command from the checkout, with `variables` beside this process's; `apart` from the Ctrl-C of its terminal."""
        environment = {**os.environ, "SWITCHYARD_HOME": str(self.home), **(variables or {})}
        pipe = subprocess.PIPE
        return subprocess.Popen([*command, *words], stdout=pipe, stderr=pipe, text=True, env=environment, cwd=ROOT, start_new_session=apart)

    def end(self, started: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
        """Wait for its end, also when this process is interrupted; TimeoutExpired where it hangs."""
        try:
            told, warned = started.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            started.kill()
            raise
        except KeyboardInterrupt:
            started.communicate()
            raise
        return subprocess.CompletedProcess(started.args, started.returncode, told, warned)

    def remove(self) -> None:
        """Stop the emulator and delete the folder."""
        self.sandbox.remove()
        shutil.rmtree(self.home, ignore_errors=True)
