"""Both stacks are rehearsed by the real engine: up, canary, promotion, the way back, and the end."""

import json
from pathlib import Path

import pytest

from ops.commands.rehearse import ACTS
from ops.errors import Exit
from tests.engine.conftest import Run

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_every_promise_is_kept(stack: str, switchyard: Run, home: Path, tmp_path: Path) -> None:
    """All acts are played and kept, the reports say so, and nothing of the private sandbox is left."""
    ended = switchyard("rehearse", "-s", stack, "--reports", str(tmp_path))
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr
    assert f"{stack}: {len(ACTS)} of {len(ACTS)} promises kept" in ended.stdout
    report = json.loads((tmp_path / f"rehearsal-{stack}.json").read_text(encoding="utf-8"))
    assert [(scene["title"], scene["kept"]) for scene in report["scenes"]] == [(act.title, True) for act in ACTS]
    assert (tmp_path / f"rehearsal-{stack}.md").read_text(encoding="utf-8").count("| kept |") == len(ACTS)
    assert not list((home / "rehearsals").glob(f"{stack}-*"))
