"""The environment of a sandbox, tried in a process whose own environment leads elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

from sandbox.environment import environment, write_aws_config
from sandbox.seed import AccountFacts
from tests.sandbox.processes import StartEmulator

HOSTILE = {
    "AWS_PROFILE": "a-profile-of-no-file",
    "AWS_CONFIG_FILE": "/nowhere/config",
    "AWS_SESSION_TOKEN": "somebody",
    "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "AWS_REGION": "ap-south-1",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "PULUMI_ACCESS_TOKEN": "somebody",
    "PULUMI_BACKEND_URL": "s3://somewhere",
    "PATH": "/usr/bin",
}
"""Nothing answers at port 9."""

ASK = "import boto3; s = boto3.client('sts'); print(s.get_caller_identity()['Account'], s.meta.region_name)"


def test_boto3_reaches_the_emulator_whatever_the_user_has_set(start_emulator: StartEmulator, tmp_path: Path, facts: AccountFacts) -> None:
    """A client without any argument asks the emulator, in the stack's account and region."""
    _, status = start_emulator("one")
    write_aws_config(tmp_path)
    ambient = {**os.environ, **HOSTILE}
    inside = {**ambient, **environment(tmp_path, status.endpoint, facts, ambient)}
    answer = subprocess.run([sys.executable, "-c", ASK], env=inside, capture_output=True, text=True, timeout=60, check=False)
    assert answer.stderr == ""
    assert answer.stdout.split() == [facts.account_id, facts.region]


def test_the_engine_keeps_to_the_sandbox(tmp_path: Path, facts: AccountFacts) -> None:
    """Home and state are in its folder, other settings of the user's are emptied, its own programs come first on PATH."""
    folder = tmp_path / "a box"
    variables = environment(folder, "http://127.0.0.1:1", facts, {**HOSTILE, "PULUMI_PARALLEL_DIFF": "true"})
    assert variables["PULUMI_HOME"] == str(folder / "home")
    assert variables["PULUMI_BACKEND_URL"] == f"file://{tmp_path}/a%20box/state?metadata=skip"
    assert variables["PULUMI_ACCESS_TOKEN"] == variables["PULUMI_PARALLEL_DIFF"] == ""
    assert variables["PATH"] == f"{folder}/bin:/usr/bin"


def test_the_surrounding_environment_is_this_process_by_default(tmp_path: Path, facts: AccountFacts) -> None:
    """PATH is kept behind the sandbox's own programs."""
    assert environment(tmp_path, "", facts)["PATH"] == f"{tmp_path}/bin:{os.environ['PATH']}"
