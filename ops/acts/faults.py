"""Every way of dying half-way: a fault strikes a command, and what was to come of it has come, nothing doubled and nothing lost."""

from collections.abc import Callable
from functools import partial

from ops.acts.fault_cases import AT_THE_END, FROM_NOTHING, ON_THE_STACK, Case
from ops.acts.inventory import differences
from ops.commands.down import destroyed
from ops.console import progress
from ops.errors import Exit
from ops.rehearsal import LEFT, Act, BrokenPromiseError, Stage, hold
from ops.terminal import Terminal
from sandbox import faults
from settings_types import Color

SURVIVES = "it reaches its end, with all that was left before it"
DIED = {Exit.FAILED, Exit.INTERRUPTED}


def _goes_on(case: Case, stage: Stage) -> str:
    """The act after this one is the next `up`. The one that reaches its end is looked at, and what all before it have left with it."""
    operation = strike(case, stage.terminal)
    return f"struck {operation}; {in_order(stage.terminal)}" if case.survives else f"struck {operation}"


def _again(case: Case, stage: Stage) -> str:
    operation = strike(case, stage.terminal)
    if not case.survives:
        again = stage.terminal.type(*case.words)
        _must(again.returncode == Exit.DONE, f"The same command again should succeed, and said: {again.stdout}{again.stderr}")
    return f"struck {operation}; {in_order(stage.terminal)}"


def _gone(case: Case, stage: Stage) -> str:
    operation = strike(case, stage.terminal)
    summary = destroyed(stage.terminal.open(progress))
    hold("what is left in AWS", wanted=[], found=differences(stage.terminal.open(progress)))
    return f"struck {operation}; then {summary}, and nothing is left"


def strike(case: Case, terminal: Terminal) -> str:
    """Run the command into the fault, and hold what it says and how it ends to the case; the operation that was struck."""
    faults.plan(terminal.sandbox.folder, case.fault)
    ended = terminal.type(*case.words)
    operation, said = faults.call_off(terminal.sandbox.folder), ended.stdout + ended.stderr
    _must("Traceback" not in said, f"The command should not crash, and said: {said}")
    _must(bool(operation), f"The fault should strike, and nothing came to it. The command said: {said}")
    _must(case.says in said, f"The command should say {case.says!r}, and said: {said}")
    _must(ended.returncode in ({Exit.DONE} if case.survives else DIED), f"The command ended with {ended.returncode}, and said: {said}")
    return operation


def _must(kept: bool, told: str) -> None:  # noqa: FBT001 -- what was promised
    if not kept:
        raise BrokenPromiseError(told, LEFT)


def in_order(terminal: Terminal) -> str:
    """Hold that AWS and the state have the same, nothing is half-done, nothing is locked, and weights and instances are those of config."""
    deployment = terminal.open(progress)
    hold("AWS and the state have the same", wanted=[], found=differences(deployment))
    hold("nothing is half-done", wanted=[], found=list(deployment.half_done))
    hold("nothing is locked", wanted=[], found=terminal.sandbox.locks(terminal.stack))
    for name, service in deployment.target.file.settings().services.items():
        wanted = {color: service.weight(color) for color in Color}
        hold(f"the weights of {name}", wanted=wanted, found=Stage(deployment, name, terminal).weights())
    verified = terminal.type("verify")
    _must(verified.returncode == Exit.DONE, f"`verify` should pass, and said: {verified.stdout}{verified.stderr}")
    return f"{len(deployment.resources)} resources, nothing twice and nothing missing"


def _act(case: Case, promise: str, play: Callable[[Case, Stage], str]) -> Act:
    return Act(str(case), SURVIVES if case.survives else promise, partial(play, case))


ACTS = (
    *(_act(case, "it is said, and the next `up` goes on", _goes_on) for case in FROM_NOTHING),
    *(_act(case, "the same command again reaches the wanted state", _again) for case in ON_THE_STACK),
    *(_act(case, "once more, and nothing is left", _gone) for case in AT_THE_END),
)
