"""A whole sandbox: real engine, real emulator, real copies."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import automation as auto

from ops.errors import SwitchyardError
from sandbox.account import Sandbox
from sandbox.emulator import State
from sandbox.paths import HOME
from sandbox.seed import AccountFacts
from tests.sandbox.test_environment import HOSTILE

STACK = "config:\n  aws:region: eu-west-1\n  switchyard:account_id: '111122223333'\n"


def silent(_: str) -> None:
    """Take progress that the test does not look at."""


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """Make a sandbox in a folder with a space in its name; it is gone afterwards."""
    made = Sandbox(tmp_path / "a box")
    yield made
    made.remove()
    assert not made.folder.exists()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Make a checkout with one stack."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: switchyard\nruntime: python\n", encoding="utf-8")
    (folder / "Pulumi.staging.yaml").write_text(STACK, encoding="utf-8")
    return folder


def open_engine(sandbox: Sandbox, source: Path, program: pulumi.automation.PulumiFn) -> auto.Stack:
    """Open the stack in the sandbox as a command does."""
    engine = sandbox.ensure(silent)
    copy = sandbox.open_stack("staging", source)
    sandbox.seed(copy.facts)
    options = auto.LocalWorkspaceOptions(
        work_dir=str(copy.project), env_vars=sandbox.environment(copy.facts), pulumi_command=auto.PulumiCommand(str(engine.root))
    )
    return auto.create_or_select_stack("staging", project_name="switchyard", program=program, opts=options)


def test_the_default_sandbox_is_the_checkouts() -> None:
    """It lies in the ignored folder."""
    assert Sandbox.default().folder == HOME / "sandbox"


def test_a_sandbox_that_does_not_run_says_how_to_start_it(tmp_path: Path, facts: AccountFacts) -> None:
    """Whatever needs the emulator fails with the next step."""
    for use in (Sandbox(tmp_path).seed, Sandbox(tmp_path).environment, lambda facts: Sandbox(tmp_path).client("ec2", facts)):
        with pytest.raises(SwitchyardError, match="emulator is not there: stopped") as raised:
            use(facts)
        assert "switchyard sandbox start" in raised.value.next_step


def test_clients_are_deaf_to_the_users_settings(sandbox: Sandbox, facts: AccountFacts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Account and region are the stack's; another region can be named, as certificates of the CDN need."""
    sandbox.emulator.start()
    for name, value in HOSTILE.items():
        monkeypatch.setenv(name, value)
    sandbox.seed(facts)
    assert sandbox.client("sts", facts).get_caller_identity()["Account"] == facts.account_id
    assert {image["ImageId"] for image in sandbox.client("ec2", facts).describe_images()["Images"]} == set(facts.images)
    assert sandbox.client("ec2", facts, "us-east-1").meta.region_name == "us-east-1"


@pytest.mark.engine
def test_a_second_ensure_finds_everything_in_place(sandbox: Sandbox) -> None:
    """It starts nothing, says nothing, and gives the same engine; the policy analyzer is this Python's."""
    told: list[str] = []
    engine = sandbox.ensure(told.append)
    status = sandbox.emulator.status()
    assert "starting the emulator" in told
    told.clear()
    assert sandbox.ensure(told.append) == engine
    assert sandbox.emulator.status() == status
    assert told == []
    analyzer = subprocess.run([sandbox.folder / "bin" / "pulumi-analyzer-policy-python"], capture_output=True, text=True, check=False)
    assert "no policy pack named" in analyzer.stderr


@pytest.mark.engine
def test_the_engine_keeps_no_log(sandbox: Sandbox, source: Path) -> None:
    """Not even where one from before it was turned off is left; and it does without."""
    logs = sandbox.folder / "home" / "logs"
    (logs / "old").mkdir(parents=True)
    assert open_engine(sandbox, source, lambda: pulumi.export("a", "b")).up().summary.result == "succeeded"
    assert (logs.is_file(), logs.stat().st_size) == (True, 0)


@pytest.mark.engine
def test_secrets_stay_readable_when_the_tracked_file_changes(sandbox: Sandbox, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state's secrets are bound to the salt in the copy, and the user's own Pulumi settings do not reach the engine."""
    for name in ("PULUMI_BACKEND_URL", "PULUMI_PARALLEL", "PULUMI_DISABLE_PROVIDER_PREVIEW", "PULUMI_CONFIG_PASSPHRASE_FILE"):
        monkeypatch.setenv(name, "/nowhere")

    locked: list[Path] = []

    def program() -> None:
        pulumi.export("token", pulumi.Output.secret("hush"))
        locked.extend((sandbox.folder / "state").rglob("locks/**/*.json"))

    open_engine(sandbox, source, program).up()
    (source / "Pulumi.staging.yaml").write_text(STACK + "  switchyard:domain: {name: example.com}\n", encoding="utf-8")
    stack = open_engine(sandbox, source, program)
    assert stack.outputs()["token"].value == "hush"
    assert stack.up().summary.resource_changes == {"same": 1}
    assert (sandbox.folder / "state" / ".pulumi" / "stacks" / "switchyard" / "staging.json").exists()
    assert {path.parent for path in locked} == {sandbox.folder / "state/.pulumi/locks/organization/switchyard/staging"}
    assert "encryptionsalt" not in (source / "Pulumi.staging.yaml").read_text(encoding="utf-8")


@pytest.mark.engine
def test_an_emulator_that_died_is_noticed_and_the_stack_starts_anew(sandbox: Sandbox, source: Path) -> None:
    """What the engine believes to stand went with the emulator: after `forget` it knows of nothing."""
    stack = open_engine(sandbox, source, lambda: None)
    sandbox.remember("staging")
    stack.up()
    assert not sandbox.lost_memory("staging")
    stack.import_stack(with_a_vpc(stack.export_stack()))
    assert not sandbox.lost_memory("staging")
    pid = sandbox.emulator.status().pid
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    assert sandbox.emulator.status().state is State.DIED
    told: list[str] = []
    sandbox.ensure(told.append)
    assert told == ["the emulator has ended without being stopped: starting it anew"]
    assert sandbox.lost_memory("staging")
    sandbox.forget("staging")
    sandbox.remember("staging")
    stack = open_engine(sandbox, source, lambda: None)
    assert stack.up().summary.resource_changes == {"create": 1}
    assert not sandbox.lost_memory("staging")


def with_a_vpc(deployment: auto.Deployment) -> auto.Deployment:
    """Add a resource to a state, as if the engine had made it."""
    state: Any = deployment.deployment
    parent = state["resources"][0]["urn"]
    vpc = {"urn": f"{parent.split('::')[0]}::switchyard::pulumi:pulumi:Stack$aws:ec2/vpc:Vpc::vpc", "custom": True, "id": "vpc-1"}
    state["resources"].append({**vpc, "type": "aws:ec2/vpc:Vpc", "parent": parent})
    return deployment
