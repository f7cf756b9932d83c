"""The real engine in a home of the test's own, so that no test touches the checkout's sandbox."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox import engine
from sandbox.account import Sandbox
from sandbox.paths import HOME, ROOT

SWITCHYARD = Path(sys.executable).with_name("switchyard")
LIMIT_SECONDS = 900

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with the checkout's engine in it; whatever emulator runs there at the end is stopped."""
    engine.ensure(lambda _: None)
    folder = tmp_path_factory.mktemp("home")
    if (HOME / "engine").exists():
        (folder / "engine").symlink_to(HOME / "engine")
    yield folder
    Sandbox(folder / "sandbox").remove()


@pytest.fixture(scope="module")
def switchyard(home: Path) -> Run:
    """The command as an operator runs it, in that home."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "SWITCHYARD_HOME": str(home), "COLUMNS": "120"}
        return subprocess.run(
            [SWITCHYARD, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT_SECONDS
        )

    return run
