"""The command as an operator runs it: a process of its own, the real engine, and a home that is gone afterwards."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ops.errors import Exit
from ops.stack_file import StackFile
from ops.terminal import COMMAND, LONGEST_SECONDS, Terminal
from sandbox import engine
from sandbox.account import Sandbox
from sandbox.paths import ROOT
from sandbox.seed import AccountFacts
from sandbox.stack_copy import open_copy
from settings_types import Color
from tests.engine.lean import make_lean

MAIN = "from ops.cli import main; main()"
WEAKENED = f"import components.{{module}}; components.{{module}}.{{constant}} = {{value!r}}; {MAIN}"
"""The command over a program of which one constant was changed, as a pull request would."""
HASTY = (
    "import sandbox.environment as told; variables = told.engine_variables; "
    "told.engine_variables = lambda folder: {**variables(folder), 'PULUMI_SKIP_CHECKPOINTS': 'true'}"
)
"""The engine writes its state once, at the end, and not after each step, which is a third of a first `up`. A killed one leaves none."""
KEEPING = (
    "import json, pathlib; from pulumi.automation.events import EngineEvent; "
    "heard, read = pathlib.Path({path!r}).open('a'), EngineEvent.from_json; "
    "EngineEvent.from_json = classmethod(lambda _, told: heard.write(json.dumps(told) + chr(10)) and read(told))"
)
"""The engine's events, which it tells the command and nobody else, are kept in a file, an event a line."""
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
    said: list[str] = field(default_factory=list)
    """What each command has said, on both channels."""

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
        self.said.append(ended.stdout + ended.stderr)
        assert "Traceback" not in ended.stderr + ended.stdout
        return ended

    def set_up(self, *words: str, keeping: Path | None = None) -> None:
        """Call the command for what tests stand on, whose own course no test looks at; a file that is named keeps the engine's events."""
        changes = [HASTY, *([KEEPING.format(path=str(keeping))] if keeping else []), MAIN]
        ended = self.run(*words, command=[sys.executable, "-c", "; ".join(changes)])
        assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr

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
def switchyard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switchyard]:
    """Give the command a home with the engine that there is, and nothing else; no process is left behind.

    In a module that is marked `lean` staging has no data tier: tests that are about the engine, traffic or packs go without its resources.
    """
    found = engine.find()
    assert found, "run `switchyard sandbox start` first"
    home = tmp_path_factory.mktemp("home")
    if found.source is engine.EngineSource.BUILT:
        (home / "engine").symlink_to(found.root)
    made = Switchyard(home, "staging", found.binary)
    if request.node.get_closest_marker("lean"):
        make_lean(open_copy(made.sandbox.project, made.stack, ROOT).path)
    yield made
    for folder in (made.sandbox.folder, *home.glob("rehearsals/*-*/sandbox")):
        Sandbox(folder).remove()
