"""Real processes for the tests of the sandbox, and proof that none of them is left behind."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.emulator import Emulator, Status
from sandbox.seed import AccountFacts
from tests.sandbox.processes import StartEmulator, WriteProgram, alive


@pytest.fixture
def start_emulator(tmp_path: Path) -> Iterator[StartEmulator]:
    """Start emulators by the name of their folder; all are stopped afterwards, and none may survive that."""
    folders: dict[str, Emulator] = {}
    pids: set[int] = set()

    def start(name: str) -> tuple[Emulator, Status]:
        emulator = folders.setdefault(name, Emulator(tmp_path / name))
        status = emulator.start()
        pids.add(status.pid)
        return emulator, status

    yield start
    for emulator in folders.values():
        emulator.stop()
    assert [pid for pid in pids if alive(pid)] == []


@pytest.fixture
def write_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WriteProgram:
    """Write shell scripts into a folder that is all there is on PATH."""
    folder = tmp_path / "path" / "bin"
    folder.mkdir(parents=True)
    monkeypatch.setenv("PATH", str(folder))

    def write(name: str, script: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return write


@pytest.fixture
def facts() -> AccountFacts:
    """Name what a stack file takes as given."""
    return AccountFacts(
        account_id="111122223333",
        region="eu-west-1",
        hosted_zone_id="Z0123456789ABC",
        domain_name="app.example.com",
        prefix_list_id="pl-4fa04526",
        images={"ami-0123456789abcdef0": "arm64", "ami-0fedcba9876543210": "x86_64"},
    )
