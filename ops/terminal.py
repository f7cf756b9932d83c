"""The command as it is typed at another terminal: a process of its own, which a fault can strike by itself."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ops.deployment import Deployment
from ops.target import SandboxTarget
from sandbox.account import Sandbox
from sandbox.engine import EngineSource
from sandbox.long_run import Progress

COMMAND = (sys.executable, "-c", "from ops.cli import main; main()")


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
        """Call a command on the stack to its end; an interrupt of this process waits for that."""
        with self.start(*words) as started:
            told, warned = started.communicate()
        return subprocess.CompletedProcess(started.args, started.returncode, told, warned)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin to run a command on the stack."""
        environment = {**os.environ, "SWITCHYARD_HOME": str(self.home)}
        command, pipe = [*COMMAND, *words, "-s", self.stack, "--sandbox"], subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)

    def remove(self) -> None:
        """Stop the emulator and delete the folder."""
        self.sandbox.remove()
        shutil.rmtree(self.home, ignore_errors=True)
