"""Where a command works: the stack on AWS, or its rehearsal in the sandbox. Everything after this is the same for both."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from ops.clients import Clients
from ops.errors import BadInputError
from ops.stack_file import StackFile
from sandbox.account import Sandbox
from sandbox.engine import Engine
from sandbox.engine import ensure as ensure_engine
from sandbox.environment import SECRET_KEY
from sandbox.paths import ROOT
from sandbox.stack_copy import StackCopy

Progress = Callable[[str], None]


class Target(Protocol):
    """A stack, with what is needed to change it and to look at what it runs."""

    @property
    def name(self) -> str:
        """The stack."""

    @property
    def sandboxed(self) -> bool:
        """Whether this is a rehearsal."""

    @property
    def file(self) -> StackFile:
        """The stack file that commands edit."""

    @property
    def project(self) -> Path:
        """The engine's working folder; holds Pulumi.yaml and the stack file."""

    @property
    def engine(self) -> Engine:
        """The engine to run."""

    @property
    def aws(self) -> str:
        """How AWS's own command line is called to reach this account."""

    def environment(self) -> dict[str, str]:
        """Variables for the engine and its plugins, over this process's own."""

    def client(self, service: str, region: str = "") -> Any:
        """A boto3 client, in the stack's region unless another is named."""

    def begin(self) -> None:
        """Called before each operation of the engine."""

    def front_door(self, listener: str) -> AbstractContextManager[str]:
        """Where users' requests come in, as a base URL; `listener` is the ARN of the load balancer's."""


@dataclass
class AwsTarget:
    """The stack on AWS, with the user's credentials and backend."""

    name: str
    engine: Engine
    sandboxed: bool = False
    aws: str = "aws"
    project: Path = ROOT

    @cached_property
    def file(self) -> StackFile:
        """The tracked stack file."""
        return StackFile(self.name, self.project / f"Pulumi.{self.name}.yaml")

    def environment(self) -> dict[str, str]:
        """Nothing of ours: the user's environment counts."""
        return {}

    def client(self, service: str, region: str = "") -> Any:
        """A client with the user's credentials; it retries as botocore does, and gives up on a dead endpoint within half a minute."""
        return self._clients.client(service, region or self.file.settings().region)

    @cached_property
    def _clients(self) -> Clients:
        import boto3  # noqa: PLC0415 -- a quarter of a second that `--help` need not wait for
        from botocore.config import Config  # noqa: PLC0415 -- as above

        config = Config(retries={"mode": "standard", "total_max_attempts": 5}, connect_timeout=5, read_timeout=30)
        return Clients(boto3.Session, config=config)

    def begin(self) -> None:
        """Nothing to prepare."""

    def front_door(self, listener: str) -> AbstractContextManager[str]:
        """The domain: whatever stands there leads to the load balancer."""
        del listener
        return nullcontext(f"https://{self.file.settings().domain.name}")


class SandboxTarget:
    """The stack in a sandbox: the emulator is started and seeded, and a lost memory is noticed."""

    sandboxed = True

    def __init__(self, name: str, sandbox: Sandbox, progress: Progress, source: Path = ROOT) -> None:
        self.name = name
        self.sandbox = sandbox
        self._progress = progress
        self._source = source
        self.engine = sandbox.ensure(progress)
        self.copy: StackCopy = sandbox.open_stack(name, source)
        self.file = StackFile(name, self.copy.path)
        self.project = sandbox.project
        if self.copy.notice:
            progress(self.copy.notice)
        self.lost = self._forget_what_is_lost()

    def _forget_what_is_lost(self) -> bool:
        """Whether the emulator has died since the last command, or the state is damaged; each is worth nothing without the other."""
        if self.sandbox.damaged(self.name):
            self._progress(f"the engine's state of {self.name} is damaged, as a full disk leaves it: the emulator starts anew, too")
            self.sandbox.renew()
        elif self.sandbox.lost_memory(self.name):
            self._progress(f"the emulator has lost its memory since the last command, and with it all of {self.name}")
        else:
            return False
        self.sandbox.forget(self.name)
        return True

    @property
    def aws(self) -> str:
        """AWS's command line, led to the emulator and to the account whose id is the access key."""
        keys = f"AWS_ACCESS_KEY_ID={self.copy.facts.account_id} AWS_SECRET_ACCESS_KEY={SECRET_KEY}"
        return f"{keys} aws --endpoint-url {self.sandbox.emulator.status().endpoint}"

    def environment(self) -> dict[str, str]:
        """The sandbox's own variables; nothing of the user's AWS settings is left."""
        return self.sandbox.environment(self.copy.facts)

    def client(self, service: str, region: str = "") -> Any:
        """A client of the emulator."""
        return self.sandbox.client(service, self.copy.facts, region)

    def begin(self) -> None:
        """Seed what the stack file takes as given, and note which life of the emulator holds the stack."""
        self.copy = self.sandbox.open_stack(self.name, self._source)
        self.sandbox.seed(self.copy.facts)
        self.sandbox.remember(self.name)

    def front_door(self, listener: str) -> AbstractContextManager[str]:
        """One that is opened here for as long: the emulator serves no requests."""
        from sandbox.front_door import opened  # noqa: PLC0415 -- the components that it reads take a while, and few commands knock

        return opened(self.client("elbv2"), self.client("ec2"), listener)


def tracked_file(stack: str) -> StackFile:
    """The stack file of the checkout."""
    return StackFile(stack, ROOT / f"Pulumi.{stack}.yaml")


def chosen(stack: str | None) -> str:
    """The stack that a command's options name, with sound config; BadInputError before anything starts."""
    if not stack:
        raise BadInputError("No stack is named.", "Add `-s staging` or `-s prod`.")
    tracked_file(stack).settings()
    return stack


def open_target(stack: str | None, progress: Progress, *, sandboxed: bool) -> Target:
    """The target that a command's options name; the stack's config is checked before anything starts."""
    stack = chosen(stack)
    if sandboxed:
        return SandboxTarget(stack, Sandbox.default(), progress)
    return AwsTarget(stack, ensure_engine(progress))
