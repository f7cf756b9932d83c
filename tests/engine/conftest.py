"""The command as an operator runs it: a process of its own, the real engine, and a home that is gone afterwards."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ops.stack_file import StackFile
from ops.terminal import COMMAND, LONGEST_SECONDS, Terminal
from sandbox import engine
from sandbox.account import Sandbox
from sandbox.seed import AccountFacts
from settings_types import Color

WEAKENED = "import components.{module}; components.{module}.{constant} = {value!r}; from ops.cli import main; main()"
"""The command over a program of which one constant was changed, as a pull request would."""
FACTS = AccountFacts(account_id="123456789012", region="eu-west-1")


@contextmanager
def unmeasured() -> Iterator[None]:
    """Take the variables away that make a child measure its coverage, which doubles a rehearsal's time."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("COVERAGE_")}
    try:
        yield
    finally:
        os.environ.update(kept)


@dataclass(frozen=True)
class Switchyard(Terminal):
    """The command, with a home of its own."""

    engine: Path
    """The engine's program."""

    @property
    def state(self) -> Path:
        """The engine's state of the staging stack."""
        return self.sandbox.folder / "state/.pulumi/stacks/switchyard/staging.json"

    @property
    def locks(self) -> Path:
        """Where the engine locks the staging stack."""
        return self.sandbox.folder / "state/.pulumi/locks/organization/switchyard/staging"

    @property
    def file(self) -> StackFile:
        """The sandbox's copy of the staging file."""
        return StackFile("staging", self.sandbox.project / "Pulumi.staging.yaml")

    def run(self, *words: str, command: Sequence[str] = COMMAND, **more: str) -> subprocess.CompletedProcess[str]:
        """Call the command to its end; what it says never holds a traceback."""
        with unmeasured():
            ended = self.end(self.start(*words, command=command, variables=more))
        assert "Traceback" not in ended.stderr + ended.stdout
        return ended

    def run_weakened(self, *words: str, module: str, constant: str, value: object) -> subprocess.CompletedProcess[str]:
        """Call the command over a program of which a component's constant was changed."""
        return self.run(*words, command=[sys.executable, "-c", WEAKENED.format(module=module, constant=constant, value=value)])

    def interrupt(self, *words: str, when: Callable[[], bool]) -> subprocess.CompletedProcess[str]:
        """Call the command and press Ctrl-C in its terminal once `when` is true."""
        with unmeasured():
            started = self.start(*words, apart=True)
        deadline = time.monotonic() + LONGEST_SECONDS
        while not when() and started.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert started.poll() is None
        os.killpg(started.pid, signal.SIGINT)
        return self.end(started)

    def rule(self, service: str) -> tuple[str, Any]:
        """A service's weighted rule in the emulated load balancer, and its action."""
        elbv2: Any = self.sandbox.client("elbv2", FACTS)
        balancer = elbv2.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
        for listener in elbv2.describe_listeners(LoadBalancerArn=balancer)["Listeners"]:
            for rule in elbv2.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]:
                groups = rule["Actions"][0].get("ForwardConfig", {}).get("TargetGroups", [])
                if len(groups) == len(Color) and f"/{service}-" in groups[0]["TargetGroupArn"]:
                    return rule["RuleArn"], rule["Actions"][0]
        pytest.fail(f"no rule of {service}")

    def weights(self, service: str) -> dict[str, int]:
        """The shares by that rule, which lists blue first."""
        groups = self.rule(service)[1]["ForwardConfig"]["TargetGroups"]
        return {str(color): group["Weight"] for color, group in zip(Color, groups, strict=True)}


@pytest.fixture(scope="module")
def switchyard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switchyard]:
    """Give the command a home with the engine that there is, and nothing else; no process is left behind."""
    found = engine.find()
    assert found, "run `switchyard sandbox start` first"
    home = tmp_path_factory.mktemp("home")
    if found.source is engine.EngineSource.BUILT:
        (home / "engine").symlink_to(found.root)
    made = Switchyard(home, "staging", found.binary)
    yield made
    for folder in (made.sandbox.folder, *home.glob("rehearsals/*-*/sandbox")):
        Sandbox(folder).remove()
