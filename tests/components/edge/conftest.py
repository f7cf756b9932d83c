"""What the tests of the functions share: one process that runs them all."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from .runtime import RUNNER, Edge

NODE = shutil.which("node")


@pytest.fixture(scope="session")
def edge() -> Iterator[Edge]:
    """Yield a runner of functions, in which many requests cost one start of Node."""
    if NODE is None:
        pytest.skip("Node is not on this machine: the functions are JavaScript and cannot run without it")
    with subprocess.Popen([NODE, RUNNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Edge(process)
