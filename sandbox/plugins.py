"""Installs the sandbox's resource plugins where the engine looks for them: in a PULUMI_HOME of its own, never on PATH."""

import importlib.metadata
import shlex
from pathlib import Path

from sandbox.files import write_whole

PACKAGES = ("aws", "random")


def install(home: Path, python: Path) -> None:
    """Write the plugins into `home` (the sandbox's PULUMI_HOME), to be run by the interpreter `python`; doing so twice changes nothing."""
    for package in PACKAGES:
        folder = home / "plugins" / f"resource-{package}-v{importlib.metadata.version(f'pulumi-{package}')}"
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"pulumi-resource-{package}", f'#!/bin/sh\nexec {shlex.quote(str(python))} -u -m sandbox.provider {package} "$@"\n')


def _write(path: Path, script: str) -> None:
    """Write an executable script in one step, so that no engine ever sees half of it."""
    if path.exists() and path.read_text() == script:
        return
    write_whole(path, script, mode=0o755)
