"""Production rehearsed from nothing to nothing, as `switchyard rehearse` does it for anybody; what plays on staging is beside this."""

import json
from pathlib import Path

import pytest

from ops.acts import ACTS
from ops.errors import Exit
from tests.engine.conftest import Switchyard

pytestmark = pytest.mark.engine

RULE = ["update ListenerRule api-traffic"]
GROUPS = ["update Group api-blue-group", "update Group api-green-group"]


def test_every_promise_is_kept(switchyard: Switchyard, tmp_path: Path) -> None:
    """By the engine's events a flip, a canary and a rollback update one resource; nothing of the sandbox is left."""
    ended = switchyard.run("rehearse", "-s", "prod", "--reports", str(tmp_path))
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr
    assert f"✓ prod: {len(ACTS)} of {len(ACTS)} promises kept" in ended.stdout
    scenes = json.loads((tmp_path / "rehearsal-prod.json").read_text(encoding="utf-8"))["scenes"]
    changed = {scene["title"]: [sorted(operation) for operation in scene["operations"]] for scene in scenes}
    assert changed["canary 10 %"] == changed["rollback"] == changed["rollback --all"] == [RULE]
    assert changed["promote"][-1] == changed["promote under load"][-1] == RULE
    assert changed["promote under load"][0] == changed["settle"][0] == GROUPS
    assert changed["rollback again"] == changed["up again"] == changed["destroy"] == []
    assert "# Rehearsal of prod" in (tmp_path / "rehearsal-prod.md").read_text(encoding="utf-8")
    assert list(switchyard.home.glob("rehearsals/prod-*")) == []
