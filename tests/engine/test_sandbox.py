"""One stack through everything that goes wrong: Ctrl-C, a killed engine, a lost cloud, a wrong account. In this order, on one sandbox."""

import json
import os
import pwd
import signal
import socket
import subprocess

import pytest

from ops.console import progress
from ops.deployment import Deployment
from ops.errors import Exit
from ops.target import SandboxTarget
from sandbox.emulator import State
from settings_types import Color
from tests.engine.conftest import FACTS, Switchyard

pytestmark = [pytest.mark.engine, pytest.mark.lean]

TARGET = ("-s", "staging", "--sandbox")
AS_COMMITTED = {"blue": 100, "green": 0}
NO_SUCH_PROCESS = 2**22 + 1
"""Above the kernel's largest process id."""


class OtherAccount(SandboxTarget):
    """The sandbox, with somebody else's credentials."""

    def environment(self) -> dict[str, str]:
        """The sandbox's variables, but for the account."""
        return {**super().environment(), "AWS_ACCESS_KEY_ID": "999999999999"}


@pytest.fixture(scope="module")
def interrupted(switchyard: Switchyard) -> subprocess.CompletedProcess[str]:
    """Press Ctrl-C while the first `up` is in the middle of it."""
    return switchyard.interrupt("up", *TARGET, when=lambda: switchyard.state.exists() and "ec2/vpc:Vpc" in switchyard.state.read_text())


@pytest.fixture(scope="module")
def brought_up(switchyard: Switchyard, interrupted: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """Call `up` again after it was interrupted."""
    assert interrupted.returncode
    return switchyard.run("up", *TARGET)


def lock(switchyard: Switchyard, pid: int, host: str = socket.gethostname()) -> None:
    """Leave the lock of an engine behind."""
    switchyard.locks.mkdir(parents=True, exist_ok=True)
    user = pwd.getpwuid(os.getuid()).pw_name
    held = {"pid": pid, "username": user, "hostname": host, "timestamp": "2026-01-01T00:00:00Z"}
    (switchyard.locks / "00000000-0000-4000-8000-000000000000.json").write_text(json.dumps(held), encoding="utf-8")


def test_ctrl_c_ends_an_update_in_good_order(interrupted: subprocess.CompletedProcess[str], switchyard: Switchyard) -> None:
    """Exit code 130, no traceback, what was changed by then, and no lock that would keep the next one out."""
    assert interrupted.returncode == Exit.INTERRUPTED
    assert "· interrupted: the engine ends what is under way" in interrupted.stderr
    assert "✗ Interrupted. Changed by then: " in interrupted.stderr
    assert "Run the same command again: it goes on." in interrupted.stderr
    assert "Traceback" not in interrupted.stderr
    assert list(switchyard.locks.glob("*")) == []


def test_the_next_up_completes_it(brought_up: subprocess.CompletedProcess[str], switchyard: Switchyard) -> None:
    """What was there stays; the rest is made."""
    assert brought_up.returncode == Exit.DONE, brought_up.stderr
    assert "✓ staging is up: " in brought_up.stdout
    assert " to create, " in brought_up.stdout
    assert " 0 unchanged" not in brought_up.stdout
    assert switchyard.weights("api") == switchyard.weights("web") == AS_COMMITTED
    assert "secretsmanager put-secret-value" in brought_up.stdout


@pytest.mark.usefixtures("brought_up")
def test_a_second_up_changes_nothing(switchyard: Switchyard) -> None:
    """The program is the same, and so is what it says."""
    ended = switchyard.run("up", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr
    assert "✓ staging is what its config says: 0 changes, " in ended.stdout


@pytest.mark.usefixtures("brought_up")
@pytest.mark.parametrize(
    ("pid", "host", "hint"),
    [(os.getpid(), socket.gethostname(), "Wait for it, then run this command again."), (NO_SUCH_PROCESS, "elsewhere", "--break-lock")],
    ids=["here", "elsewhere"],
)
def test_another_update_under_way_is_told(switchyard: Switchyard, pid: int, host: str, hint: str) -> None:
    """With its owner; the edit is undone."""
    lock(switchyard, pid, host)
    before = switchyard.file.path.read_text(encoding="utf-8")
    ended = switchyard.run("shift", "web", "5", *TARGET)
    assert ended.returncode == Exit.FAILED
    assert (
        f"✗ Another update is under way: {pwd.getpwuid(os.getuid()).pw_name}@{host}, process {pid}, since 2026-01-01T00:00:00Z."
        in ended.stderr
    )
    assert hint in ended.stderr
    assert switchyard.file.path.read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("brought_up")
def test_a_lock_goes_when_its_owner_is_gone_or_the_operator_says_so(switchyard: Switchyard) -> None:
    """An engine that was killed leaves its lock behind; whether one on another host was, only its operator knows."""
    lock(switchyard, NO_SUCH_PROCESS, "elsewhere")
    broken = switchyard.run("shift", "web", "5", "--break-lock", *TARGET)
    assert broken.returncode == Exit.DONE, broken.stderr
    assert f"@elsewhere, process {NO_SUCH_PROCESS}, since" in broken.stderr
    lock(switchyard, NO_SUCH_PROCESS)
    dropped = switchyard.run("rollback", "web", *TARGET)
    assert dropped.returncode == Exit.DONE, dropped.stderr
    assert "· dropping the lock of an update whose process is gone: " in dropped.stderr
    assert list(switchyard.locks.glob("*")) == []
    assert switchyard.weights("web") == AS_COMMITTED


@pytest.mark.usefixtures("brought_up")
def test_a_flip_by_the_engines_own_config_is_traffic(switchyard: Switchyard) -> None:
    """`pulumi config set --path` is enough to flip, by one resource; `up` does it only when it is told to move traffic."""
    sandbox = switchyard.sandbox
    words = ["config", "set", "--path", "switchyard:services.api.live", "green", "--stack", "staging", "--non-interactive"]
    environment = {**os.environ, **sandbox.environment(FACTS)}
    subprocess.run([switchyard.engine, *words], cwd=sandbox.project, env=environment, check=True, timeout=60)
    refused = switchyard.run("up", *TARGET)
    assert refused.returncode == Exit.REFUSED
    assert "  api: blue 100 / green 0 -> blue 0 / green 100" in refused.stderr
    assert switchyard.weights("api") == AS_COMMITTED
    ended = switchyard.run("up", "--traffic", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr
    assert "✓ staging is up: 1 to update, " in ended.stdout
    assert switchyard.weights("api") == {"blue": 0, "green": 100}


@pytest.mark.usefixtures("brought_up")
def test_traffic_that_was_moved_by_hand_is_put_back(switchyard: Switchyard) -> None:
    """`promote` refuses to build on it; `up --traffic` asks AWS first, and so finds it."""
    rule, action = switchyard.rule("web")
    for group, weight in zip(action["ForwardConfig"]["TargetGroups"], (60, 40), strict=True):
        group["Weight"] = weight
    switchyard.sandbox.client("elbv2", FACTS).modify_rule(RuleArn=rule, Actions=[action])
    refused = switchyard.run("promote", "web", *TARGET)
    assert refused.returncode == Exit.REFUSED
    assert "web: config gives blue 100 %, and AWS says 60 %: it was moved outside config." in refused.stderr
    ended = switchyard.run("up", "--traffic", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr
    assert switchyard.weights("web") == AS_COMMITTED


@pytest.mark.usefixtures("brought_up")
def test_credentials_of_another_account_are_refused(switchyard: Switchyard) -> None:
    """By the provider, before anything is asked of AWS; the message holds both ids."""
    deployment = Deployment(OtherAccount("staging", switchyard.sandbox, progress))
    told = "\n".join(deployment.preview().errors)
    assert "999999999999" in told
    assert "123456789012" in told


@pytest.mark.usefixtures("brought_up")
def test_a_weakened_control_is_refused_by_the_packs(switchyard: Switchyard) -> None:
    """The packs run in the real engine: the refusal names rule, resource and fix, and nothing is applied."""
    before = switchyard.state.read_text()
    weak = "ELBSecurityPolicy-2016-08"
    ended = switchyard.run_weakened("up", *TARGET, module="load_balancer", constant="TLS_POLICY", value=weak)
    assert ended.returncode == Exit.REFUSED
    assert "1 policy violation; nothing was changed.\nlistener_uses_tls: " in ended.stderr
    assert "Leave TLS_POLICY in components/load_balancer.py" in ended.stderr
    assert switchyard.state.read_text() == before


@pytest.mark.usefixtures("brought_up")
def test_a_cloud_that_was_killed_is_noticed_and_built_anew(switchyard: Switchyard) -> None:
    """The next command says what was lost, and then does what it was asked to; its standard output is its own."""
    os.kill(switchyard.sandbox.emulator.status().pid, signal.SIGKILL)
    ended = switchyard.run("status", "--json", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr
    assert "· the emulator has ended without being stopped: starting it anew" in ended.stderr
    assert "· the emulator has lost its memory since the last command, and with it all of staging" in ended.stderr
    assert "· building staging anew first" in ended.stderr
    services = switchyard.file.settings().services
    rows = json.loads(ended.stdout)
    assert [(row["service"], row["color"], row["weight"], row["on_release"]) for row in rows if "color" in row] == [
        (name, color, service.weight(color), 2) for name, service in services.items() for color in Color
    ]
    assert [(row["role"], row["percent"]) for row in rows if "color" not in row] == [("live", 100)]


@pytest.mark.usefixtures("brought_up")
def test_down_takes_all_away_and_a_taken_port_is_no_obstacle(switchyard: Switchyard) -> None:
    """Another process has got the emulator's port meanwhile: it takes another one."""
    port = switchyard.sandbox.emulator.status().port
    ended = switchyard.run("down", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr
    assert "✓ staging is gone: " in ended.stdout
    assert switchyard.sandbox.emulator.status().state is State.STOPPED
    with socket.create_server(("127.0.0.1", port)):
        started = switchyard.run("sandbox", "start")
    assert started.returncode == Exit.DONE, started.stderr
    status = switchyard.sandbox.emulator.status()
    assert status.port != port
    assert f"the emulator answers at {status.endpoint}" in started.stdout
    assert "✓ staging is not up" in switchyard.run("down", *TARGET).stdout
