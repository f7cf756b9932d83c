import re
import subprocess
import sys
from pathlib import Path

import pytest

from .instance import Instance

PLATFORM = "docker.service nginx.service switchyard-certificate.timer switchyard-reread.timer"
SERVICE = "switchyard.service switchyard-probe.service"
CHECKED = ["probe", "make-certificate"]


def test_first_run_installs_starts_and_closes_ssh(instance: Instance, user_data: Path) -> None:
    """A fresh instance gets the three packages from the distribution's repository, all units, and no SSH."""
    instance.run(user_data)
    assert instance.calls == [
        "rpm --query --quiet amazon-ecr-credential-helper docker nginx",
        "dnf install --assumeyes --quiet --repo amazonlinux amazon-ecr-credential-helper docker nginx",
        "systemctl mask sshd.service sshd.socket",
        "systemctl --quiet is-active sshd.service",
        "systemctl stop sshd.service",
        "systemctl daemon-reload",
        f"systemctl enable {PLATFORM} {SERVICE}",
        f"systemctl restart {PLATFORM}",
        f"systemctl restart --no-block {SERVICE}",
    ]


def test_second_run_changes_nothing(instance: Instance, user_data: Path) -> None:
    """The second run writes no file, installs nothing, reloads and restarts nothing: it asks only for what is so already."""
    instance.run(user_data)
    before = instance.tree()
    assert len(before) == 17
    instance.forget()
    instance.run(user_data)
    assert instance.tree() == before
    assert instance.calls == [
        "rpm --query --quiet amazon-ecr-credential-helper docker nginx",
        "systemctl mask sshd.service sshd.socket",
        "systemctl --quiet is-active sshd.service",
        f"systemctl enable {PLATFORM} {SERVICE}",
        f"systemctl start {PLATFORM}",
        f"systemctl start --no-block {SERVICE}",
    ]


@pytest.mark.parametrize("damage", ["content", "mode", "missing"])
def test_a_damaged_file_is_restored_and_its_units_restarted(instance: Instance, user_data: Path, damage: str) -> None:
    """A file that differs in content or mode, or is gone, is written again, alone, and what reads it restarts."""
    instance.run(user_data)
    before = instance.tree()
    path = instance.root / "etc/nginx/nginx.conf"
    match damage:
        case "content":
            path.write_text("events {}\n")
        case "mode":
            path.chmod(0o600)
        case _:
            path.unlink()
    instance.forget()
    instance.run(user_data)
    after = instance.tree()
    assert {name for name in after if after[name] != before[name]} == {"etc/nginx/nginx.conf"}
    assert after["etc/nginx/nginx.conf"][3] == before["etc/nginx/nginx.conf"][3]
    assert f"systemctl restart {PLATFORM}" in instance.calls


def test_a_repository_that_fails_is_tried_again(instance: Instance, user_data: Path) -> None:
    """At boot the network may not be up: two failures of dnf do not stop the boot."""
    instance.fake("dnf", 'echo x >>"$STATE/tries"; [[ "$(wc -l <"$STATE/tries")" == 3 ]]')
    done = instance.run(user_data)
    assert [call for call in instance.calls if call.startswith("sleep")] == ["sleep 5", "sleep 10"]
    assert "attempt 2 failed: dnf install" in done.stderr


def test_a_boot_that_fails_says_where_and_starts_nothing(instance: Instance, user_data: Path) -> None:
    """When dnf never succeeds the script fails, which cloud-init reports, names line and command, and has written nothing."""
    instance.fake("dnf", "exit 1")
    done = instance.run(user_data, check=False)
    assert done.returncode != 0
    assert re.search(r"boot: line \d+ failed: ", done.stderr)
    assert not instance.root.exists()
    assert not any(call.startswith("systemctl") for call in instance.calls)


def test_files_carry_the_modes_that_their_content_needs(instance: Instance, user_data: Path) -> None:
    """Programs can run, docker's credentials belong to root, nothing is writable by others."""
    instance.run(user_data)
    for name, (mode, *_) in instance.tree().items():
        expected = 0o755 if name.startswith("opt/") else 0o600 if name.startswith("root/") else 0o644
        assert mode == expected, name


def test_scripts_pass_shellcheck(tmp_path: Path, script: str, folder: Path) -> None:
    """The rendered script and each shell script in it are clean."""
    shellcheck = Path(sys.executable).with_name("shellcheck")
    rendered = tmp_path / "user_data.sh"
    rendered.write_text(script)
    files = [rendered, *(folder / "1" / name for name in CHECKED)]
    done = subprocess.run([shellcheck, "--severity=style", "--shell=bash", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_secret_and_no_other_color_is_in_the_user_data(script: str) -> None:
    """User data can be read by whoever may describe the instance: it holds no password, no weight and nothing of the other color."""
    assert "green" not in script
    assert not re.search(r"(?i)password|BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|authorized_keys", script)
