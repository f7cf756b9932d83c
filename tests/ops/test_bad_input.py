"""Bad stack config through the command line: told before anything starts, each with its key, its value and the fix."""

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from ops.cli import app
from ops.errors import Exit
from tests.configs import GONE, Changes, changed
from tests.rendering import ROOT

DIGEST = "sha256:" + "a" * 64

MISTAKES: dict[str, tuple[Changes, str]] = {
    "an unknown key": ({"frobnicate": 1}, "switchyard:frobnicate: is not a setting"),
    "a misspelt key": ({"services.api.liev": "blue"}, "switchyard:services.api.liev: is not a setting; did you mean live?"),
    "purple": ({"services.api.live": "purple"}, "switchyard:services.api.live: 'purple' must be blue or green."),
    "a canary of 100": (
        {"services.api.canary.percent": 100},
        "canary.percent: 100 must be 0 to 99 percent (`switchyard promote` moves all",
    ),
    "a canary of 101": ({"services.api.canary.percent": 101}, "switchyard:services.api.canary.percent: 101 must be 0 to 99 percent"),
    "a canary on the live color": (
        {"services.api.canary": {"color": "blue", "percent": 1}},
        "canary.color: 'blue' is live: a canary runs on green; end it with canary.percent 0 before live changes.",
    ),
    "live set alone in a canary": (
        {"services.api.canary.percent": 10, "services.api.live": "green"},
        "canary.color: 'green' is live: a canary runs on blue",
    ),
    "a canary on a color of no capacity": (
        {"services.api.canary.percent": 1, "services.api.green.capacity": {"min": 0, "max": 0}},
        "canary.color: 'green' has no capacity: set switchyard:services.api.green.capacity.max above 0 first.",
    ),
    "min above max": ({"services.api.blue.capacity.min": 5}, "blue.capacity.min: 5 is above max (4): raise max or lower it."),
    "overlapping paths": (
        {"services.web.paths": ["/api/v2/*"]},
        "switchyard:services.web.paths: '/api/v2/*' overlaps /api/* of api: a path belongs to one service.",
    ),
    "equal priorities": ({"services.web.priority": 1}, "services.web.priority: 1 is api's too: give each service its own."),
    "a bad network": ({"network.cidr": "10.30.0.0/33"}, "switchyard:network.cidr: '10.30.0.0/33' must be a private IPv4 network"),
    "subnets that do not fit": ({"network.cidr": "10.30.0.0/25"}, "its sixteen subnets would be /29, and a load balancer needs /27"),
    "one zone": ({"network.availability_zones": ["eu-west-1a"]}, "network.availability_zones: ['eu-west-1a'] must be 2 to 4 zones"),
    "a zone of another region": (
        {"network.availability_zones": ["eu-west-1a", "us-east-1b"]},
        "switchyard:network.availability_zones: 'us-east-1b' is not a zone of eu-west-1 (aws:region).",
    ),
    "an image without digest": (
        {"services.api.blue.image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:latest"},
        "must be an image in ECR by digest: ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:64 hexadecimal digits (a tag can move)",
    ),
    "a malformed AMI": (
        {"services.api.blue.ami": "ami-xyz"},
        "blue.ami: 'ami-xyz' must be an AMI id: ami- and 8 or 17 hexadecimal digits.",
    ),
    "a boot version that does not exist": (
        {"services.api.blue.boot": 99},
        "services.api.blue.boot: 99 is not a boot template; there is 1.",
    ),
    "an account that is none": ({"account_id": "12"}, "switchyard:account_id: '12' must be the 12 digits of an AWS account, in quotes."),
    "a missing section": ({"domain": GONE}, "switchyard:domain: is missing: every stack sets it"),
}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the commands stack files of their own."""
    for name in ("Pulumi.yaml", "Pulumi.staging.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr("ops.target.ROOT", tmp_path)
    return tmp_path


def write(checkout: Path, changes: Changes) -> None:
    """Make mistakes in the stack file."""
    with (checkout / "Pulumi.staging.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"config": changed(changes, "staging")}, file)


@pytest.mark.parametrize("options", [[], ["--sandbox"]], ids=["on AWS", "in the sandbox"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_ends_every_command_before_it_starts(checkout: Path, mistake: str, options: list[str]) -> None:
    """Exit code 4, one error, no traceback; neither engine nor emulator is asked."""
    changes, told = MISTAKES[mistake]
    write(checkout, changes)
    result = CliRunner().invoke(app, ["rollback", "api", "-s", "staging", *options])
    assert result.exit_code == Exit.BAD_INPUT
    assert result.stderr.startswith("✗ Pulumi.staging.yaml has 1 error; nothing was touched.\n  switchyard:")
    assert told in result.stderr
    assert result.stderr.endswith("\n  Correct the file and run the command again.\n")
    assert result.stdout == ""


def test_all_mistakes_are_told_at_once(checkout: Path) -> None:
    """One run finds them all."""
    write(checkout, {"services.api.live": "purple", "account_id": "12", "network.cidr": "10.0.0.0/33"})
    result = CliRunner().invoke(app, ["preview", "-s", "staging"])
    assert "has 3 errors" in result.stderr
    assert len(result.stderr.splitlines()) == 5


def test_a_file_that_is_no_yaml_is_told(checkout: Path) -> None:
    """With its line."""
    (checkout / "Pulumi.staging.yaml").write_text("config:\n  a: [\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["preview", "-s", "staging"])
    assert result.exit_code == Exit.BAD_INPUT
    assert "✗ Pulumi.staging.yaml is no stack file: while parsing" in result.stderr


def test_a_missing_stack_file_names_the_others(checkout: Path) -> None:
    """Prod has no file in this checkout."""
    assert checkout.exists()
    result = CliRunner().invoke(app, ["preview", "-s", "prod"])
    assert result.exit_code == Exit.BAD_INPUT
    assert result.stderr == "✗ There is no stack 'prod': Pulumi.prod.yaml is missing.\n  Name one of: staging.\n"


def test_a_rehearsal_starts_nothing_for_a_mistake(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No sandbox is left behind."""
    write(checkout, {"services.api.live": "purple"})
    monkeypatch.setattr("ops.commands.rehearse.Terminal", pytest.fail)
    result = CliRunner().invoke(app, ["rehearse", "-s", "staging"])
    assert result.exit_code == Exit.BAD_INPUT
    assert "'purple' must be blue or green." in result.stderr


def test_doctor_tells_the_same(checkout: Path) -> None:
    """As a finding, without building anything."""
    write(checkout, {"services.api.live": "purple"})
    result = CliRunner().invoke(app, ["doctor", "-s", "staging"])
    assert result.exit_code == Exit.FAILED
    assert "switchyard:services.api.live: 'purple' must be blue or green." in result.stderr
    assert "✗ 1 finding." in result.stderr
