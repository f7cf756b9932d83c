"""A sandbox: an AWS account on this machine in one folder, with the real engine to run against it."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import boto3
import botocore.session
from botocore.config import Config

from ops.clients import Clients
from ops.errors import SwitchyardError
from sandbox import engine
from sandbox.emulator import Emulator, State, Status
from sandbox.engine import Engine
from sandbox.environment import SECRET_KEY, environment, write_aws_config
from sandbox.long_run import Progress
from sandbox.loopback import keep_address
from sandbox.memory import Memory
from sandbox.paths import HOME
from sandbox.plugins import install
from sandbox.seed import AccountFacts, seed
from sandbox.stack_copy import StackCopy, discard_copy, open_copy

ANALYZER = "pulumi-analyzer-policy-python"
"""The engine starts Python policy packs through a program of this name when the vendor's language host is not there."""

ANALYZER_SCRIPT = """#!/bin/sh
# The engine passes on the runtime options of PulumiPolicy.yaml, which say where the language host finds Python: here it is this one.
# Then come its own address, which our packs have no use for, and the pack. The host would import the SDK first; they do without.
for argument; do shift; case $argument in -*) ;; *) set -- "$@" "$argument" ;; esac; done
exec {python} -u "${{2:?no policy pack named}}"
"""


class Sandbox:
    """One folder with everything in it: emulator, engine home with the plugins, state, copies of the stack files.

    Stateful: the emulator's memory lives as long as its process. Two sandboxes share nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.emulator = Emulator(self.folder / "emulator")
        self.project = self.folder / "project"
        self._memory = Memory(self.folder)
        self._clients: dict[str, Clients] = {}

    @classmethod
    def default(cls) -> "Sandbox":
        """Return the sandbox of this checkout."""
        return cls(HOME / "sandbox")

    def ensure(self, progress: Progress) -> Engine:
        """Find or build the engine, install the plugins, start the emulator; each only where it is missing. The engine to run."""
        for name in ("home", "state", "project", "bin"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        found = engine.ensure(progress)
        install(self.folder / "home", Path(sys.executable))
        write_aws_config(self.folder)
        self._write_analyzer()
        self._keep_no_log()
        state = self.emulator.status().state
        if state is not State.RUNNING:
            progress("starting the emulator" if state is State.STOPPED else f"the emulator has {state}: starting it anew")
            self.emulator.start()
        return found

    def open_stack(self, stack: str, source: Path) -> StackCopy:
        """Open the sandbox's copy of a stack of the checkout at `source`; its `notice` is for the operator."""
        return open_copy(self.project, stack, source)

    def seed(self, facts: AccountFacts) -> None:
        """Give the account what a stack file takes as given. Needed before each operation: the file may name something new."""
        seed(self._running().port, facts)

    def environment(self, facts: AccountFacts) -> dict[str, str]:
        """Environment for the engine and its plugins, overriding this process's own."""
        return environment(self.folder, self._running().endpoint, facts)

    def client(self, service: str, facts: AccountFacts, region: str = "") -> Any:
        """Make a boto3 client for the account, in the stack's region unless another one is named; deaf to the user's AWS settings."""
        config = Config(retries={"total_max_attempts": 1}, proxies={}, use_fips_endpoint=False, use_dualstack_endpoint=False)
        clients = self._clients.setdefault(facts.account_id, Clients(lambda: self._session(facts), config=config))
        return clients.client(service, region or facts.region, self._running().endpoint)

    def _session(self, facts: AccountFacts) -> boto3.Session:
        variables = {
            "profile": (None, None, None, None),
            "config_file": (None, None, str(self.folder / "aws" / "config"), None),
            "credentials_file": (None, None, str(self.folder / "aws" / "no-credentials"), None),
        }
        session = boto3.Session(
            aws_access_key_id=facts.account_id,
            aws_secret_access_key=SECRET_KEY,
            botocore_session=botocore.session.Session(session_vars=variables),
        )
        keep_address(session)
        return session

    def lost_memory(self, stack: str) -> bool:
        """Whether the engine's state lists resources of this stack that went with an earlier life of the emulator."""
        return self._memory.lost(stack, self.emulator.generation)

    def damaged(self, stack: str) -> bool:
        """Whether the engine's state of the stack cannot be read, so that nobody knows what it has in the emulator; tidies its history."""
        self._memory.tidy(stack)
        return self._memory.damaged(stack)

    def stamp(self, stack: str) -> tuple[int, int]:
        """Tell one state of a stack from the next without reading it."""
        return self._memory.stamp(stack)

    def resources(self, stack: str) -> list[dict[str, Any]]:
        """Read the resources of a stack as its last operation has left them, or as the one under way has by now."""
        return self._memory.resources(stack)

    def locks(self, stack: str) -> list[str]:
        """Name the engine's locks on a stack."""
        return [path.name for path in self._memory.locks(stack).glob("*")]

    def renew(self) -> None:
        """End the emulator's life and begin a new one, with nothing in it."""
        self.emulator.stop()
        self.emulator.start()

    def forget(self, stack: str) -> None:
        """Drop the engine's state of the stack, so that the next `up` builds all of it anew."""
        self._memory.forget(stack)

    def end(self, stack: str) -> None:
        """Drop what is left of a stack that was destroyed: the engine's state and the copy of its file."""
        self.forget(stack)
        discard_copy(self.project, stack)

    def remember(self, stack: str) -> None:
        """Note the emulator's present life for the stack. Call it before an operation: what a killed one has made counts too."""
        self._memory.remember(stack, self._running().generation)

    def remove(self) -> None:
        """Stop the emulator and delete the folder."""
        self.emulator.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _running(self) -> Status:
        """Return the emulator's status, or say what to do when it does not run."""
        status = self.emulator.status()
        if status.state is not State.RUNNING:
            raise SwitchyardError(f"The sandbox's emulator is not there: {status.state}.", "Run `switchyard sandbox start`.")
        return status

    def _write_analyzer(self) -> None:
        """Write the program through which the engine starts policy packs with this Python."""
        path = self.folder / "bin" / ANALYZER
        path.write_text(ANALYZER_SCRIPT.format(python=shlex.quote(sys.executable)), encoding="utf-8")
        path.chmod(0o755)

    def _keep_no_log(self) -> None:
        """Put a file where the engine would keep a log of every call, a quarter of its work; it has no switch, and does without."""
        logs = self.folder / "home" / "logs"
        if logs.is_dir():
            shutil.rmtree(logs)
        logs.touch()
