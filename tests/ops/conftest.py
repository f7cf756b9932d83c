"""One emulated AWS for all tests of the commands, an account of it for each."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ops.cli import app
from ops.stack_file import StackFile
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


@pytest.fixture
def stack(aws: Sandbox, stack_file: StackFile) -> StandIn:
    """Bring staging up in an account of its own."""
    cloud = Cloud(aws)
    cloud.bring_up(stack_file.settings())
    return StandIn(CloudTarget(stack_file, cloud))


@pytest.fixture
def run(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call a command by its words on the stack that is up."""
    monkeypatch.setattr("ops.session.opened", lambda *_args, **_options: stack)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "-s", "staging"])

    return call
