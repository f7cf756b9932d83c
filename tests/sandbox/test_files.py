from pathlib import Path

import pytest

from sandbox.files import write_whole


def test_a_file_is_there_as_a_whole(tmp_path: Path) -> None:
    """Its folder too, and nothing beside it."""
    script = tmp_path / "bin" / "script"
    write_whole(script, "#!/bin/sh", mode=0o755)
    write_whole(script, "#!/bin/sh\nexit", mode=0o755)
    assert script.read_text(encoding="utf-8") == "#!/bin/sh\nexit"
    assert script.stat().st_mode & 0o777 == 0o755
    assert list(script.parent.iterdir()) == [script]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no part of the new one."""
    path = tmp_path / "state.json"
    write_whole(path, "old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
