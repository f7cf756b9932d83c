"""One emulated AWS with the staging stack's web tier in it, for all tests of the commands."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ops.cli import app
from ops.stack_file import StackFile
from ops.target import tracked_file
from sandbox.account import Sandbox
from tests.ops.cloud import Cloud
from tests.ops.stand_in import CloudTarget, StandIn
from tests.rendering import ROOT

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Start an emulator; nothing of the engine."""
    sandbox = Sandbox(tmp_path_factory.mktemp("aws"))
    sandbox.emulator.start()
    yield sandbox
    sandbox.remove()


@pytest.fixture
def stack_file(tmp_path: Path) -> StackFile:
    """Copy the committed staging file."""
    path = tmp_path / "Pulumi.staging.yaml"
    shutil.copy(ROOT / path.name, path)
    return StackFile("staging", path)


@pytest.fixture(scope="session")
def cloud(aws: Sandbox) -> Cloud:
    """Bring staging up."""
    made = Cloud(aws)
    made.bring_up(tracked_file("staging").settings())
    return made


@pytest.fixture
def stack(cloud: Cloud, stack_file: StackFile) -> StandIn:
    """Give staging as the committed file has it."""
    cloud.reset(stack_file.settings())
    return StandIn(CloudTarget(stack_file, cloud))


@pytest.fixture
def run(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call a command by its words on the stack that is up."""
    monkeypatch.setattr("ops.session.opened", lambda *_args, **_options: stack)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "-s", "staging"])

    return call
