"""The same engine without the sandbox: what is said when the user's backend is not ready."""

from pathlib import Path

import pytest

from ops.errors import Exit
from tests.engine.conftest import Switchyard

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("command", [["status"], ["preview"], ["promote", "api"]], ids=" ".join)
def test_a_backend_without_the_stack_says_how_to_make_it(switchyard: Switchyard, tmp_path: Path, command: list[str]) -> None:
    """`stack init`, once."""
    folder = {"PULUMI_HOME": str(tmp_path), "PULUMI_BACKEND_URL": f"file://{tmp_path}", "PULUMI_CONFIG_PASSPHRASE": "x"}
    ended = switchyard.run(*command, "-s", "staging", **folder)
    assert ended.returncode == Exit.BAD_INPUT
    assert "✗ The backend has no stack 'staging'.\n  Log in to the state bucket and run `pulumi stack init staging` once" in ended.stderr


def test_a_backend_that_cannot_be_reached_says_so(switchyard: Switchyard, tmp_path: Path) -> None:
    """In the engine's words, with the next step."""
    folder = {"PULUMI_HOME": str(tmp_path), "PULUMI_BACKEND_URL": f"file://{tmp_path}/none", "PULUMI_CONFIG_PASSPHRASE": "x"}
    ended = switchyard.run("status", "-s", "staging", **folder)
    assert ended.returncode == Exit.FAILED
    assert "✗ error: " in ended.stderr
    assert "Run `switchyard doctor`" in ended.stderr
