"""One process that runs functions, for all tests of the edge."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sandbox.edge.functions import Functions
from tests.sandbox.edge.world import World, resources


@pytest.fixture(scope="session")
def functions() -> Iterator[Functions]:
    """Start Node once."""
    if shutil.which("node") is None:
        pytest.skip("Node is not on this machine: the functions are JavaScript and cannot run without it")
    with Functions() as running:
        yield running


@pytest.fixture(scope="session")
def make(functions: Functions) -> Callable[..., World]:
    """Make worlds, each with an empty cache, of production with some leaves changed."""

    def made(**changes: Any) -> World:
        return World(functions, resources(**changes))

    return made
