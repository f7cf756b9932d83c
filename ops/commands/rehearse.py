"""`switchyard rehearse`: do to a stack in a private sandbox what an operator does to it, and prove each promise."""

import os
from pathlib import Path

from ops.acts import ACTS
from ops.console import done, out, progress
from ops.deployment import Deployment
from ops.errors import CutShortError
from ops.rehearsal import BrokenPromiseError, Stage, play, write_reports
from ops.target import SandboxTarget, chosen
from sandbox.account import Sandbox
from sandbox.paths import HOME


def rehearse(stack: str, reports: str) -> None:
    """Play all acts on a private copy of the stack; BrokenPromiseError at the first promise that is not kept."""
    chosen(stack)
    sandbox = Sandbox(HOME / "rehearsals" / f"{stack}-{os.getpid()}")
    try:
        deployment = Deployment(SandboxTarget(stack, sandbox, progress))
        services = deployment.target.file.settings().services
        out.print(f"\nRehearsing {stack} in a private sandbox: the real engine, an emulated AWS.\n", style="bold")
        scenes = play(Stage(deployment, next(iter(services))), ACTS)
    except (KeyboardInterrupt, CutShortError):
        sandbox.remove()
        raise
    data, page = write_reports(Path(reports) if reports else HOME / "rehearsals", stack, scenes)
    out.print(f"\n{data}\n{page}", style="dim", soft_wrap=True)
    if not scenes[-1].kept:
        raise BrokenPromiseError(f"{scenes[-1].title}: {scenes[-1].seen}", f"Look at {sandbox.folder}; `rm -r` it when you are done.")
    sandbox.remove()
    done(f"{stack}: {len(scenes)} of {len(ACTS)} promises kept")
