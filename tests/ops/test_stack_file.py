"""The stack file as commands edit it."""

import os
from pathlib import Path

import pytest

from ops.errors import BadInputError, RefusedError
from ops.stack_file import StackFile, settings_of


def test_an_edit_is_written_and_undone(stack_file: StackFile) -> None:
    """The file is what it was, to the byte, and keeps its mode."""
    stack_file.path.chmod(0o640)
    before = stack_file.path.read_bytes()
    edit = stack_file.edit({"services.api.canary.percent": 5, "services.api.previous": "green"})
    assert b"percent: 5" in stack_file.path.read_bytes()
    assert stack_file.path.stat().st_mode & 0o777 == 0o640
    edit.undo()
    assert stack_file.path.read_bytes() == before
    assert [path.name for path in stack_file.path.parent.iterdir()] == [stack_file.path.name]


def test_an_edit_that_makes_config_invalid_is_not_written(stack_file: StackFile) -> None:
    """The error is the settings' own."""
    before = stack_file.path.read_bytes()
    with pytest.raises(BadInputError, match=r"switchyard:services\.api\.live: 'purple' must be blue or green"):
        stack_file.edit({"services.api.live": "purple"})
    assert stack_file.path.read_bytes() == before


def test_a_write_that_fails_leaves_the_old_file(stack_file: StackFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk costs nothing, and nothing is left lying about."""
    before = stack_file.path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        stack_file.edit({"services.api.live": "green"})
    assert stack_file.path.read_bytes() == before
    assert [path.name for path in stack_file.path.parent.iterdir()] == [stack_file.path.name]


def test_what_somebody_else_wrote_meanwhile_is_not_undone(stack_file: StackFile) -> None:
    """Their edit stays."""
    edit = stack_file.edit({"services.api.live": "green"})
    theirs = stack_file.path.read_text(encoding="utf-8") + "# mine\n"
    stack_file.path.write_text(theirs, encoding="utf-8")
    with pytest.raises(RefusedError, match=r"Pulumi\.staging\.yaml was edited meanwhile"):
        edit.undo()
    assert stack_file.path.read_text(encoding="utf-8") == theirs


def test_two_edits_are_told_as_one(stack_file: StackFile) -> None:
    """From before the first to after the second."""
    first = stack_file.edit({"services.api.blue.capacity.hold": 3})
    second = stack_file.edit({"services.api.live": "green"})
    assert "hold: 3" not in second.diff
    assert "+        capacity: {min: 2, max: 4, hold: 3}" in second.since(first).diff
    assert "+      live: green" in second.since(first).diff
    assert second.since(None) is second


def test_a_missing_file_names_those_that_are_there(stack_file: StackFile) -> None:
    """The fix is in the error."""
    with pytest.raises(BadInputError, match="There is no stack 'production'") as raised:
        StackFile("production", stack_file.path.with_name("Pulumi.production.yaml")).settings()
    assert raised.value.next_step == "Name one of: staging."


def test_a_folder_without_stack_files_says_so(tmp_path: Path) -> None:
    """There is none to name."""
    with pytest.raises(BadInputError, match="There is no stack 'prod'") as raised:
        StackFile("prod", tmp_path / "Pulumi.prod.yaml").settings()
    assert raised.value.next_step == "No Pulumi.<stack>.yaml is there: copy the one of another checkout."


@pytest.mark.parametrize("text", ["", "- a", "config:", "config: text", "config: {a: [}", "config:\n  a: 1\n  a: 2\n", "other: {}"])
def test_what_is_no_stack_file_is_told(text: str) -> None:
    """Not YAML, not a mapping, a key twice: the file is named, and one to compare it with."""
    with pytest.raises(BadInputError, match=r"Pulumi\.prod\.yaml is no stack file") as raised:
        settings_of("prod", text, "Pulumi.prod.yaml")
    assert "compare it with Pulumi.staging.yaml" in raised.value.next_step


def test_line_ends_stay_as_they_are(stack_file: StackFile) -> None:
    """A file of another system is edited in one line, not in all."""
    stack_file.path.write_bytes(stack_file.path.read_bytes().replace(b"\n", b"\r\n"))
    before = stack_file.path.read_bytes()
    edit = stack_file.edit({"services.api.canary.percent": 10})
    assert stack_file.path.read_bytes() == before.replace(b"{color: green, percent: 0}", b"{color: green, percent: 10}", 1)
    edit.undo()
    assert stack_file.path.read_bytes() == before


def test_a_value_that_yaml_cannot_read_is_told(stack_file: StackFile) -> None:
    """What looks like a date and is none."""
    text = stack_file.path.read_text(encoding="utf-8").replace("priority: 1", "priority: 2026-13-01", 1)
    stack_file.path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match="is no stack file"):
        stack_file.settings()
