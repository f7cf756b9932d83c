"""What many tests look at: the program of the production stack, rendered once."""

import pytest

from tests.rendering import Rendering, render_all


@pytest.fixture(scope="session")
def new_stack() -> Rendering:
    """Return production as in its first preview: nothing that AWS makes is known."""
    return render_all("prod")


@pytest.fixture(scope="session")
def old_stack() -> Rendering:
    """Return production as in an update of a stack that exists: outputs are known."""
    return render_all("prod", preview=False)
