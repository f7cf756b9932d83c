"""What many tests look at: the program of the production stack, rendered once."""

import gc
import signal
import warnings
from collections.abc import Iterator

import pytest

from ops.cli import SELDOM
from tests.rendering import ROOT, Rendering, render_all

gc.set_threshold(*SELDOM)
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background of a script would hand on that it is ignored


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark what needs an emulated AWS or processes of its own, so that `make unit` can do without; and put first what takes longest."""
    for item in items:
        if any(item.path.is_relative_to(ROOT / "tests" / folder) for folder in ("sandbox", "postgres")) or "aws" in item.fixturenames:
            item.add_marker("emulator")
    items.sort(key=lambda item: item.get_closest_marker("engine") is None)


@pytest.fixture(autouse=True)
def collect_the_sdks_loops(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that runs a program in this process, collect what the SDK left there, so that no later test is blamed for it.

    `pulumi/automation/_server.py` makes an event loop in `Run` and was seen to leave it open; everywhere else such a leak is an error.
    """
    yield
    if request.node.get_closest_marker("engine"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@pytest.fixture(scope="session")
def new_stack() -> Rendering:
    """Return production as in its first preview: nothing that AWS makes is known."""
    return render_all("prod")


@pytest.fixture(scope="session")
def old_stack() -> Rendering:
    """Return production as in an update of a stack that exists: outputs are known."""
    return render_all("prod", preview=False)
