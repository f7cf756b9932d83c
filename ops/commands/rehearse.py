"""`switchyard rehearse`: do to a stack in a private sandbox what an operator does to it, and prove each promise."""

import os
from collections.abc import Sequence
from pathlib import Path

from ops.acts import ACTS, WAITING_ACTS, faults
from ops.console import done, out, progress
from ops.errors import CutShortError
from ops.rehearsal import Act, BrokenPromiseError, Scene, Stage, play, write_reports
from ops.target import chosen, tracked_file
from ops.terminal import Terminal
from sandbox.paths import HOME


def rehearse(stack: str, reports: str, *, with_faults: bool = False) -> None:
    """Play all acts on a private copy of the stack; BrokenPromiseError at the first promise that is not kept."""
    waits = tracked_file(chosen(stack)).settings().waits
    out.print(f"\nRehearsing {stack} in a private sandbox: the real engine, an emulated AWS.\n", style="bold")
    parts = [WAITING_ACTS if waits else ACTS, *([faults.ACTS] if with_faults else ())]
    terminal = Terminal(HOME / "rehearsals" / f"{stack}-{os.getpid()}", stack)
    try:
        scenes = _play(terminal, parts)
    except (KeyboardInterrupt, CutShortError):
        terminal.remove()
        raise
    data, page = write_reports(Path(reports) if reports else HOME / "rehearsals", stack, scenes)
    out.print(f"\n{data}\n{page}", style="dim", soft_wrap=True)
    if not scenes[-1].kept:
        raise BrokenPromiseError(f"{scenes[-1].title}: {scenes[-1].seen}", f"Look at {terminal.home}; `rm -r` it when you are done.")
    terminal.remove()
    done(f"{stack}: {len(scenes)} of {sum(map(len, parts))} promises kept")


def _play(terminal: Terminal, parts: Sequence[Sequence[Act]]) -> list[Scene]:
    """Play each part from an account with nothing in it and config as it is tracked; a broken promise is the end."""
    scenes: list[Scene] = []
    for acts in parts:
        if not scenes or scenes[-1].kept:
            terminal.remove()
            deployment = terminal.open(progress)
            service = next(iter(deployment.target.file.settings().services))
            scenes += play(Stage(deployment, service, terminal), acts)
    return scenes
