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
from tests.ops.measured import Ground, Measured
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
def run(request: pytest.FixtureRequest, stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call a command by its words on the stack that is up, or on the one that knows measures where a test has it."""
    known = request.getfixturevalue("measured") if "measured" in request.fixturenames else stack
    monkeypatch.setattr("ops.session.opened", lambda *_args, **_options: known)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "-s", "staging"])

    return call


@pytest.fixture(scope="session")
def ground(cloud: Cloud) -> Ground:
    """Make what emergency measures touch."""
    made = Ground(cloud)
    made.make(tracked_file("staging").settings())
    return made


@pytest.fixture
def measured(cloud: Cloud, ground: Ground, stack_file: StackFile) -> Measured:
    """Give staging as the committed file has it, with all that measures touch."""
    cloud.reset(stack_file.settings())
    return Measured(CloudTarget(stack_file, cloud), ground)
