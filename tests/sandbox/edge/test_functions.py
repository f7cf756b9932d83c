"""Node, which runs the functions."""

import shutil
from pathlib import Path

import pytest

from ops.errors import SwitchyardError
from sandbox.edge.functions import Functions, find_node
from tests.sandbox.processes import WriteProgram

CODE = "import cf from 'cloudfront';\nconst store = cf.kvs();\nasync function handler(event) { return event.a + await store.get('k'); }"


def test_a_machine_without_node_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before anything is started."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SwitchyardError) as caught:
        find_node()
    assert "Node is not on PATH" in caught.value.message
    assert "apt-get install nodejs" in caught.value.next_step


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not on this machine")
def test_a_function_is_run_for_each_case() -> None:
    """With the store of each; an error is one case's own."""
    with Functions() as functions:
        first, second = functions.run(CODE, [({"k": "1"}, {"a": "x"}), (None, {"a": "x"})])
    assert first == {"result": "x1", "reads": ["k"]}
    assert second["error"] == "Error: KeyNotFound: k"


def test_a_node_that_has_ended_is_said(write_program: WriteProgram) -> None:
    """At once or while it is asked."""
    write_program("node", "exit 0")
    with Functions() as functions, pytest.raises(SwitchyardError, match="Node has ended"):
        functions.run(CODE, [(None, {})])
