"""What the tests of the boot templates share: a boot, its script, and an instance on which it ran."""

from pathlib import Path

import pytest

import components.boot
from components.boot import Boot, render

from .instance import Instance

DIGEST = "sha256:" + "0123456789abcdef" * 4


@pytest.fixture(scope="session")
def boot() -> Boot:
    """Return the pins of an ordinary color."""
    return Boot(
        version=1,
        service="api",
        color="blue",
        stack="staging",
        region="eu-west-1",
        image=f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@{DIGEST}",
        port=8080,
        parameters_path="/switchyard/staging/api",
        log_group="/switchyard/staging/api",
    )


@pytest.fixture(scope="session")
def script(boot: Boot) -> str:
    """Return the user data of that color."""
    return render(boot)


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """Return a fresh instance of Amazon Linux 2023: packages of ours not installed, sshd running."""
    instance = Instance(tmp_path)
    instance.fake("rpm", '[[ -e "$STATE/installed" ]]')
    instance.fake("dnf", 'touch "$STATE/installed"')
    instance.fake("systemctl", 'case "$*" in *is-active*) [[ ! -e "$STATE/stopped" ]] ;; "stop sshd"*) touch "$STATE/stopped" ;; esac')
    instance.fake("sleep")
    return instance


@pytest.fixture
def user_data(tmp_path: Path, script: str) -> Path:
    """Return the script as the file that cloud-init runs."""
    path = tmp_path / "user_data"
    path.write_text(script)
    path.chmod(0o755)
    return path


@pytest.fixture
def installed(instance: Instance, user_data: Path) -> Instance:
    """Return an instance on which the script ran, whose programs see the environment that systemd gives them."""
    instance.run(user_data)
    instance.forget()
    lines = (instance.root / "etc/switchyard/instance.env").read_text().splitlines()
    instance.environment.update(dict(line.split("=", 1) for line in lines))
    instance_id = instance.root / "var/lib/cloud/data/instance-id"
    instance_id.parent.mkdir(parents=True)
    instance_id.write_text("i-0123456789abcdef0\n")
    return instance


@pytest.fixture
def scripts(installed: Instance) -> Path:
    """Return the folder of the scripts that the instance runs."""
    return installed.root / "opt/switchyard"


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return the folder that holds the versions of the templates."""
    return Path(components.boot.__file__).parent
