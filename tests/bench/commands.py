"""How long the commands take on the production stack in the sandbox, beside the engine's bare work in the same run.

What is compared is called in turns, and the fastest of each counts: whatever else the machine does adds to a run and never takes from it.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ops.console import out, progress, table
from ops.deployment import Deployment
from ops.errors import Exit
from ops.target import SandboxTarget
from ops.terminal import COMMAND, Terminal
from tests.bench import idle_provider
from tests.bench.ratio import Ratio
from tests.bench.rendering import bare, resources_of
from tests.rendering import ROOT, stack_config

RUNS = 3
STACK = "prod"
MISSING = ("status", "-s", "nowhere")
"""A mistake in the options, which is told before anything starts."""

Action = Callable[[], float | None]
"""Something to be timed; the seconds, where only a part of it counts."""


def nothing() -> None:
    """Need no preparation."""


def compared(what: str, ours: Action, theirs: Action, most: float | None, *, before: Action = nothing, runs: int = RUNS) -> Ratio:
    """Time two actions in turns; `before` each of ours is not timed."""
    taken: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(runs):
        before()
        taken["ours"].append(timed(ours))
        taken["theirs"].append(timed(theirs))
    ratio = Ratio(what, min(taken["ours"]) / min(taken["theirs"]), most)
    out.print(f"{what}: {min(taken['ours']):.1f} s to {min(taken['theirs']):.1f} s, {ratio}", style="dim")
    return ratio


def timed(action: Action) -> float:
    """Seconds by the clock, unless the action says them."""
    started = time.monotonic()
    return action() or time.monotonic() - started


def traffic_back(terminal: Terminal) -> float:
    """Seconds until `rollback` has read the weights back from AWS. It goes on to look at the rest of the stack, which nobody waits for."""
    started = time.monotonic()
    with terminal.start("rollback", "api", "-s", STACK, "--sandbox") as running:
        told = running.stdout or sys.exit("nothing was told")
        seconds = next(time.monotonic() - started for line in told if "rolled back in" in line)
        running.communicate()
    return seconds


def typed(terminal: Terminal, *words: str) -> None:
    """Call a command that must succeed."""
    ended = terminal.type(*words)
    if ended.returncode != Exit.DONE:
        sys.exit(f"{' '.join(words)}: {ended.stdout}{ended.stderr}")


def bare_update(deployment: Deployment) -> None:
    """The engine's own preview and update, without packs."""
    deployment.preview(packs=False)
    deployment.apply("updating", "bench", packs=False)


def previewed(deployment: Deployment, *, packs: bool) -> None:
    """The engine's preview of the stack."""
    deployment.preview(packs=packs)


@contextmanager
def terminals() -> Iterator[tuple[Terminal, Terminal]]:
    """A sandbox for the stack, and one for the bare program, each with nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        pair = Terminal(Path(folder) / "stack", STACK), Terminal(Path(folder) / "bare", STACK)
        try:
            for terminal in pair:
                terminal.open(progress)
            yield pair
        finally:
            for terminal in pair:
                terminal.remove()


def bare_stack(terminal: Terminal) -> Deployment:
    """The same resources with plain inputs, on a provider that does nothing."""
    target = SandboxTarget(STACK, terminal.sandbox, progress)
    idle_provider.install(terminal.sandbox.folder / "home")
    return Deployment(target, bare(resources_of(stack_config(STACK))))


def measure() -> list[Ratio]:
    """Measure each command, and print the ratios."""
    with terminals() as (terminal, other):
        up, shift = partial(typed, terminal, "up"), partial(typed, terminal, "shift", "api", "10")
        first = compared("first up, to bare resources", up, partial(bare_update, bare_stack(other)), 2.0, runs=1)
        stack = terminal.open(progress)
        ratios = [
            first,
            compared("up without changes, to the engine's own", up, partial(bare_update, stack), 1.2),
            compared("rollback until traffic is back, to up without changes", partial(traffic_back, terminal), up, 1.2, before=shift),
            compared("preview with packs, to without", partial(previewed, stack, packs=True), partial(previewed, stack, packs=False), 1.3),
            *starts(),
        ]
    table(("command", "ratio", "at most"), [(each.what, str(each), each.limit) for each in ratios])
    return ratios


def starts() -> list[Ratio]:
    """What it takes to start, to Python's own start."""
    python = partial(_quiet, sys.executable, "-c", "pass")
    return [
        compared(f"`{' '.join(words)}`, to `python -c pass`", partial(_quiet, *COMMAND, *words), python, None, runs=2 * RUNS)
        for words in (("--help",), MISSING)
    ]


def _quiet(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
