"""What the tests of the functions share: one process that runs them all."""

import shutil
from collections.abc import Iterator

import pytest

from sandbox.edge.functions import Functions

from .runtime import Edge


@pytest.fixture(scope="session")
def edge() -> Iterator[Edge]:
    """Yield a runner of functions, in which many requests cost one start of Node."""
    if shutil.which("node") is None:
        pytest.skip("Node is not on this machine: the functions are JavaScript and cannot run without it")
    with Functions() as functions:
        yield Edge(functions)
