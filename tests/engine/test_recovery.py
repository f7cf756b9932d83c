"""What goes wrong in the sandbox is noticed by the next command, said, and mended."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from ops.errors import Exit
from sandbox.account import Sandbox
from sandbox.paths import ROOT
from tests.engine.conftest import SWITCHYARD, Run

pytestmark = pytest.mark.engine
STAGING = ("-s", "staging", "--sandbox")


@pytest.fixture(scope="module", autouse=True)
def up(switchyard: Run) -> None:
    """Staging is up, checked by all packs."""
    ended = switchyard("up", *STAGING)
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr


def test_a_second_up_changes_nothing_and_says_so(switchyard: Run) -> None:
    """The newcomer's second `make up`."""
    ended = switchyard("up", *STAGING)
    assert ended.returncode == Exit.DONE, ended.stderr
    assert "0 changes" in ended.stdout


def test_weights_that_config_changes_are_not_moved_by_up(switchyard: Run, home: Path) -> None:
    """A pipeline on another commit cannot move traffic; the flag lets it."""
    path = home / "sandbox" / "project" / "Pulumi.staging.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("live: blue", "live: green", 1), encoding="utf-8")
    refused, allowed = switchyard("up", *STAGING), switchyard("up", *STAGING, "--traffic")
    path.write_text(before, encoding="utf-8")
    returned = switchyard("up", *STAGING, "--traffic")
    assert refused.returncode == Exit.REFUSED
    assert "This would move traffic; nothing was changed." in refused.stderr
    assert (allowed.returncode, returned.returncode) == (Exit.DONE, Exit.DONE)


def test_a_lost_memory_is_noticed_said_and_mended(switchyard: Run, home: Path) -> None:
    """The emulator is killed; the next command builds the stack anew and then does what it was asked."""
    sandbox = Sandbox(home / "sandbox")
    os.kill(sandbox.emulator.status().pid, signal.SIGKILL)
    ended = switchyard("shift", "api", "10", *STAGING)
    assert ended.returncode == Exit.DONE, ended.stderr
    assert "has lost its memory" in ended.stderr
    assert "blue takes 90 %, green 10 %" in ended.stdout
    assert switchyard("rollback", "api", *STAGING).returncode == Exit.DONE


def test_an_interrupted_up_is_finished_by_the_next(switchyard: Run, home: Path) -> None:
    """Ctrl-C in the middle: no traceback, exit code 130, and the same command goes on."""
    assert switchyard("down", *STAGING).returncode == Exit.DONE
    assert not (home / "sandbox" / "project" / "Pulumi.staging.yaml").exists()
    environment = {**os.environ, "SWITCHYARD_HOME": str(home)}
    with subprocess.Popen(
        [SWITCHYARD, "up", *STAGING], cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as running:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not _created_something(home):
            time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=120)
    assert running.returncode == Exit.INTERRUPTED, said
    assert "Traceback" not in said
    ended = switchyard("up", *STAGING)
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr


def _created_something(home: Path) -> bool:
    state = home / "sandbox" / "state" / ".pulumi" / "stacks" / "switchyard" / "staging.json"
    return state.exists() and state.read_text(encoding="utf-8").count('"urn"') > 20
