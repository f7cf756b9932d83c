import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.paths import ROOT
from sandbox.provider import schema


def test_a_type_knows_its_token_and_properties() -> None:
    """All of it comes from the SDK's class."""
    subnet = schema.load("aws.ec2.Subnet")
    assert subnet.token == schema.token("aws.ec2.Subnet") == "aws:ec2/subnet:Subnet"
    assert subnet.required == {"vpcId"}
    assert {"cidrBlock", "tags"} <= subnet.inputs.keys()
    assert {"arn", "tagsAll"} <= subnet.outputs.keys() - subnet.inputs.keys()
    assert subnet.taggable
    assert not schema.load("aws.s3.BucketPolicy").taggable
    assert schema.load("random.RandomId").token == schema.token("random.RandomId")


@pytest.mark.parametrize(
    ("inputs", "path", "reason"),
    [
        ({"vpcID": "x"}, "vpcID", "did you mean 'vpcId'?"),
        ({"healthCheck": {"pathh": "/"}}, "healthCheck.pathh", "TargetGroupHealthCheck has no property 'pathh': did you mean 'path'?"),
        ({"healthCheck": [{"path": "/"}]}, "healthCheck", "expected an object"),
        ({"targetFailovers": {"onDeregistration": "x"}}, "targetFailovers", "expected a list"),
        ({"targetFailovers": [{"colour": "x"}]}, "targetFailovers[0].colour", "has no property 'colour'"),
        ({"port": [443]}, "port", "expected a single value"),
    ],
)
def test_an_input_that_the_type_does_not_have_is_named_with_what_comes_close(inputs: dict[str, object], path: str, reason: str) -> None:
    """At any depth."""
    ((found, told),) = schema.load("aws.lb.TargetGroup").failures(inputs)
    assert found == path
    assert reason in told


def test_a_missing_required_input_is_named() -> None:
    """In the official provider's words."""
    failures = schema.load("aws.s3.BucketPolicy").failures({"bucket": "b"})
    assert list(failures) == [("policy", "Missing required property 'policy'")]


def test_what_aws_chooses_is_told_from_what_stays_unset() -> None:
    """Removing `healthCheck` from a program changes nothing, removing `slowStart` does."""
    target_group = schema.load("aws.lb.TargetGroup")
    assert "healthCheck" in target_group.computed
    assert "slowStart" not in target_group.computed


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for schemas, and nothing loaded."""
    monkeypatch.setattr(schema, "KEPT", tmp_path / "schemas")
    schema.load.cache_clear()
    return tmp_path / "schemas"


def test_a_type_that_is_kept_is_read_without_the_sdk(kept: Path) -> None:
    """Importing the classes takes seconds of each plugin."""
    read = schema.load("aws.lb.TargetGroup")
    schema.load.cache_clear()
    program = (
        "import sys, pathlib; from sandbox.provider import schema; schema.KEPT = pathlib.Path(sys.argv[1])\n"
        "print(sorted(schema.load('aws.lb.TargetGroup').inputs), any(name.startswith('pulumi_aws') for name in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program, str(kept)], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told == f"{sorted(read.inputs)} False\n"
    assert schema.load("aws.lb.TargetGroup") == read


def test_a_file_that_is_no_schema_is_made_anew(kept: Path) -> None:
    """Whatever cut it short."""
    read = schema.load("aws.lb.TargetGroup")
    (file,) = kept.rglob("*.json")
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole[:100], encoding="utf-8")
    schema.load.cache_clear()
    assert schema.load("aws.lb.TargetGroup") == read
    assert file.read_text(encoding="utf-8") == whole
    assert list(kept.rglob("*.json*")) == [file]


def test_a_folder_that_cannot_be_written_is_done_without(kept: Path) -> None:
    """A full disk is told by what needs it."""
    kept.write_text("in the way", encoding="utf-8")
    assert schema.load("random.RandomId").required == {"byteLength"}


def test_another_version_of_the_sdk_is_read_anew(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older one had is not believed."""
    schema.load("random.RandomId")
    monkeypatch.setattr("importlib.metadata.version", lambda _package: "0.0.1")
    schema._edition.cache_clear()
    schema.load.cache_clear()
    schema.load("random.RandomId")
    schema._edition.cache_clear()
    assert len(list(kept.glob("random-*"))) == 2
