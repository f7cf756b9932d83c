import shutil
import subprocess
from pathlib import Path

import pytest

from .instance import Instance

OURS = [
    "switchyard.service",
    "switchyard-certificate.service",
    "switchyard-certificate.timer",
    "switchyard-probe.service",
    "switchyard-reread.service",
    "switchyard-reread.timer",
    "var-lib-docker-containers.mount",
    "docker.service",
    "nginx.service",
]


def verify(root: Path) -> str:
    """Return what systemd has to say about the units below root; nothing when all is well."""
    command = ["systemd-analyze", "verify", f"--root={root}", "--recursive-errors=no", *OURS]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.fixture
def distribution(installed: Instance) -> Path:
    """Add to the instance's file system the units and programs of the distribution that ours build on."""
    units = installed.root / "usr/lib/systemd/system"
    units.mkdir(parents=True)
    for name in ("docker", "nginx"):
        (units / f"{name}.service").write_text(f"[Service]\nExecStart=/usr/bin/{name}\n")
    for name in ("usr/bin/docker", "usr/bin/nginx", "bin/sh"):
        program = installed.root / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch(0o755)
    return installed.root


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_accepts_the_units(distribution: Path) -> None:
    """Every unit and drop-in is free of unknown keys, bad values and missing programs, and the check can tell."""
    assert verify(distribution) == ""
    unit = distribution / "etc/systemd/system/switchyard.service"
    unit.write_text(unit.read_text().replace("RestartSec=5", "RestartSecs=5"))
    assert "RestartSecs" in verify(distribution)


def test_a_service_without_its_secrets_is_tried_again_for_ever(installed: Instance) -> None:
    """Fetching comes before the container, its failure fails the start, and systemd never gives up on it."""
    lines = (installed.root / "etc/systemd/system/switchyard.service").read_text().splitlines()
    fetch = lines.index("ExecStartPre=/opt/switchyard/fetch-parameters start")
    assert fetch < lines.index("ExecStart=/opt/switchyard/run-container")
    assert {"Restart=always", "RestartSec=5", "StartLimitIntervalSec=0"} <= set(lines)


def test_files_in_memory_outlive_each_single_unit(installed: Instance) -> None:
    """Both units that write below /run/switchyard keep it, else the reread of a minute would remove what the service watches."""
    for name in ("switchyard.service", "switchyard-reread.service"):
        text = (installed.root / "etc/systemd/system" / name).read_text()
        assert "RuntimeDirectory=switchyard\nRuntimeDirectoryMode=0700\nRuntimeDirectoryPreserve=yes\n" in text
