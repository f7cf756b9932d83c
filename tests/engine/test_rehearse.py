"""Stacks rehearsed from nothing to nothing, as `switchyard rehearse` does it for anybody.

Production, and the one that waits. Staging, which is smaller and plays the same acts, is what most other tests here play on: its rehearsal
takes a quarter of an hour of processor time and is left to the command.
"""

import json
from pathlib import Path

import pytest

from ops.acts import ACTS, WAITING_ACTS
from ops.errors import Exit
from tests.engine.conftest import Switchyard

pytestmark = pytest.mark.engine

RULE = ["update ListenerRule api-traffic"]
GROUPS = ["update Group api-blue-group", "update Group api-green-group"]


@pytest.mark.parametrize("stack", ["prod"])
def test_every_promise_is_kept(switchyard: Switchyard, tmp_path: Path, stack: str) -> None:
    """By the engine's events a flip, a canary and a rollback update one resource; nothing of the sandbox is left."""
    ended = switchyard.run("rehearse", "-s", stack, "--reports", str(tmp_path))
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr
    assert f"✓ {stack}: {len(ACTS)} of {len(ACTS)} promises kept" in ended.stdout
    scenes = json.loads((tmp_path / f"rehearsal-{stack}.json").read_text(encoding="utf-8"))["scenes"]
    changed = {scene["title"]: [sorted(operation) for operation in scene["operations"]] for scene in scenes}
    assert changed["canary 10 %"] == changed["rollback"] == changed["rollback --all"] == [RULE]
    assert changed["promote"][-1] == changed["promote under load"][-1] == RULE
    assert changed["promote under load"][0] == changed["settle"][0] == GROUPS
    assert changed["rollback again"] == changed["up again"] == changed["destroy"] == []
    assert f"# Rehearsal of {stack}" in (tmp_path / f"rehearsal-{stack}.md").read_text(encoding="utf-8")
    assert list(switchyard.home.glob(f"rehearsals/{stack}-*")) == []


def test_a_stack_that_waits_takes_over(switchyard: Switchyard, tmp_path: Path) -> None:
    """Its database is cut off from the other region's, its fleets rise, and the name leads to it; a second `up` changes nothing before."""
    ended = switchyard.run("rehearse", "-s", "recovery", "--reports", str(tmp_path))
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr
    assert f"✓ recovery: {len(WAITING_ACTS)} of {len(WAITING_ACTS)} promises kept" in ended.stdout
    scenes = json.loads((tmp_path / "rehearsal-recovery.json").read_text(encoding="utf-8"))["scenes"]
    assert [scene["operations"] for scene in scenes if scene["title"] == "up again"] == [[], []]
