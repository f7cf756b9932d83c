import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from components.boot import Boot, render, versions

RENDERED = {1: "ed2e1c03c319bfa5e0cbcbdd1006e8451722d16fc766e30f643f82c39ad50ba1"}
"""Digest of what each released version renders for the boot of these tests."""


def digest(data: bytes) -> str:
    """Return the SHA-256 of data, in hex."""
    return hashlib.sha256(data).hexdigest()


def test_released_templates_are_never_edited(folder: Path) -> None:
    """An edit would replace the fleets that take traffic; a change is a new version."""
    lines = (folder / "checksums.txt").read_text().splitlines()
    released = {name: checksum for checksum, name in (line.split("  ", 1) for line in lines)}
    for path in sorted(path for version in versions() for path in (folder / str(version)).iterdir()):
        name = str(path.relative_to(folder))
        assert name in released, f"{name} is not in checksums.txt. A new version? `cd components/boot && sha256sum [0-9]*/* >checksums.txt`"
        assert digest(path.read_bytes()) == released.pop(name), (
            f"{name} was edited after its release: restore it, and make a folder {max(versions()) + 1} with the change instead"
        )
    assert not released, f"removed after their release: {sorted(released)}: restore them, colors may still pin them"


@pytest.mark.parametrize("version", versions())
def test_released_versions_render_what_they_always_did(boot: Boot, version: int) -> None:
    """The code around the templates, and the template engine, must not change what a pinned version means either."""
    assert digest(render(replace(boot, version=version)).encode()) == RENDERED[version], (
        f"version {version} renders differently than when it was released: every color that pins it would be replaced"
    )
