"""`switchyard doctor` and `switchyard sandbox status`."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from botocore.stub import Stubber
from typer.testing import CliRunner, Result

from ops.amis import Ami
from ops.bootstrap import Bootstrap
from ops.cli import app
from ops.commands import doctor
from ops.desired import make, seen
from ops.errors import Exit
from ops.secrets import EmptyEntry
from ops.target import AwsTarget
from sandbox.account import Sandbox
from tests.ops.cloud import ACCOUNT, REGION
from tests.ops.stand_in import NO_ENGINE, StandIn

BUCKET = f"switchyard-state-staging-{ACCOUNT}-{REGION}"


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[EmptyEntry]:
    """Decide which entries are empty."""
    found: list[EmptyEntry] = []
    monkeypatch.setattr(doctor, "empty_entries", lambda _deployment: found)
    return found


@pytest.fixture
def examine(stack: StandIn, entries: Sequence[EmptyEntry], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call doctor on the stack that is up, in an account that is prepared, with an engine found."""
    assert entries == []
    for each in seen(Bootstrap(stack.target).things()):
        if not each.right:
            make(each.thing)
    monkeypatch.setattr("ops.commands.doctor.engine.find", lambda **_: stack.target.engine)
    monkeypatch.setattr(doctor, "opened", lambda *_args, **_options: stack)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["doctor", *words])

    return call


def test_a_healthy_stack_has_nothing_in_its_way(examine: Any) -> None:
    """What was looked at is listed."""
    result = examine("-s", "staging")
    assert result.exit_code == Exit.DONE
    assert "Pulumi v0, found on PATH" in result.stdout
    assert "Pulumi.staging.yaml: 2 services" in result.stdout
    assert "web firewall: 1329 capacity units (AWSManagedRulesCommonRuleSet 700, " in result.stdout
    assert "AWS allows 5000" in result.stdout
    assert f"AWS account {ACCOUNT}\n" in result.stdout
    assert f"state: bucket {BUCKET}, key alias/switchyard-staging\n" in result.stdout
    assert "✓ nothing stands in the way" in result.stdout


def test_without_a_stack_it_looks_at_the_machine(examine: Any) -> None:
    """Python, disk, engine."""
    result = examine()
    assert result.exit_code == Exit.DONE
    assert "AWS account" not in result.stdout


def test_without_an_engine_it_builds_none(examine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how to come by one, and looks no further."""
    monkeypatch.setattr("ops.commands.doctor.engine.find", lambda **_: None)
    monkeypatch.setattr(doctor, "opened", pytest.fail)
    result = examine("-s", "staging")
    assert result.exit_code == Exit.FAILED
    assert "✗ There is no Pulumi engine.\n  `make up` builds one, or install the vendor's CLI, 3.200 or newer." in result.stderr


def test_credentials_of_another_account_are_told(examine: Any, stack: StandIn, aws: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ids, and what to do; nothing else is looked at there."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws.emulator.status().endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "999999999999")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setattr(stack.target, "client", AwsTarget("staging", NO_ENGINE).client)
    result = examine("-s", "staging")
    assert result.exit_code == Exit.FAILED
    assert "✗ The credentials are for account 999999999999, and the stack is for 123456789012.\n  Switch" in result.stderr
    assert "state:" not in result.stdout
    assert "✗ 1 finding." in result.stderr


def test_empty_secrets_are_told_with_the_command(examine: Any, entries: list[EmptyEntry]) -> None:
    """Each by its name."""
    entries.append(EmptyEntry("api-payment-key", "arn:key"))
    result = examine("-s", "staging")
    assert result.exit_code == Exit.FAILED
    assert "✗ The secret api-payment-key has no value yet; instances that name it wait for it.\n  aws secretsmanager put" in result.stderr
    assert "✗ 1 finding.\n  Each line above says what to do." in result.stderr


def test_little_room_on_the_disk_is_told(examine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's build would end half-way."""
    monkeypatch.setattr(doctor, "MIN_FREE_GIB", 10**6)
    assert "GiB of disk are free, and the engine's build needs 1000000." in examine().stderr


def test_an_engine_that_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what is needed; whether another is found or not."""
    old = tmp_path / "pulumi"
    old.write_text("#!/bin/sh\necho v3.100.0\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert (
        f"! {old} is not used: it says v3.100.0 of its version, and 3.200 or newer is needed\n"
        in CliRunner().invoke(app, ["doctor"]).stderr
    )


def test_packages_that_differ_from_the_checkout_are_told(examine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was updated, and its environment was not."""

    def version(name: str) -> str:
        if name == "pulumi":
            raise PackageNotFoundError
        return "7.0.0"

    monkeypatch.setattr(doctor, "version", version)
    result = examine()
    assert result.exit_code == Exit.FAILED
    assert "✗ pulumi is not installed, and this checkout needs 3." in result.stderr
    assert "✗ pulumi-aws is 7.0.0, and this checkout needs 7." in result.stderr
    assert ".\n  Run `make setup`.\n" in result.stderr


def test_state_that_is_not_as_bootstrap_makes_it_is_told(examine: Any, stack: StandIn) -> None:
    """Each thing that differs, and the command that puts all of it right."""
    stack.cloud.client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
    stack.cloud.client("s3").delete_bucket_policy(Bucket=BUCKET)
    result = examine("-s", "staging")
    assert result.exit_code == Exit.FAILED
    told = "✗ State bucket and key are not as they must be: bucket: versioning: Suspended; bucket: policy: missing.\n"
    assert f"{told}  `switchyard bootstrap -s staging`\n" in result.stderr


def test_a_state_bucket_of_somebody_else_is_told(examine: Any, stack: StandIn) -> None:
    """The other checks are made all the same. Stubbed: the emulator lets accounts share buckets."""
    with Stubber(stack.cloud.client("s3")) as s3:
        s3.add_client_error("head_bucket", "403", http_status_code=403)
        result = examine("-s", "staging")
    assert f"✗ The bucket {BUCKET} is another account's, or these credentials may not look at it." in result.stderr
    assert "quotas that could not be asked" in result.stderr


def test_the_sandbox_needs_no_state_bucket(examine: Any, stack: StandIn) -> None:
    """Its state lies in its folder."""
    stack.cloud.client("s3").delete_bucket_policy(Bucket=BUCKET)
    stack.target.sandboxed = True
    result = examine("-s", "staging")
    assert result.exit_code == Exit.DONE
    assert "state: in the sandbox's folder\n" in result.stdout


@pytest.mark.parametrize(("days", "code"), [(59, Exit.DONE), (60, Exit.DONE), (90, Exit.FAILED)])
def test_old_amis_are_told(examine: Any, monkeypatch: pytest.MonkeyPatch, days: int, code: Exit) -> None:
    """One that AWS has deprecated is a finding, one that it soon will be a warning. The dates are made up: the emulator's are of today."""
    released = datetime.now(UTC) - timedelta(days=days, minutes=1)
    monkeypatch.setattr(doctor, "described", lambda _ec2, ami: Ami(ami, "x", released))
    result = examine("-s", "staging")
    assert result.exit_code == code
    assert (f"api: blue's ami-316823ac67a92a5a9 is {days} days old: AWS " in result.stderr) is (days > 59)
    fix = "  `switchyard pin -s staging` names a newer one for the idle color: release and promote it.\n"
    assert (fix in result.stderr) is (code is Exit.FAILED)


def test_an_ami_that_is_not_there_is_told(examine: Any, stack: StandIn) -> None:
    """No instance of the color can be launched."""
    stack.target.file.edit({"services.web.green.ami": "ami-00000000000000000"})
    result = examine("-s", "staging")
    assert "✗ web: green's ami-00000000000000000 is not there (any more): the color cannot launch instances.\n" in result.stderr
    assert "✗ 1 finding." in result.stderr


def test_quotas_that_cannot_be_asked_are_a_warning(examine: Any, stack: StandIn) -> None:
    """The emulator has few of them; types with a quota of their own are named too."""
    stack.target.file.edit({"services.web.green.instance_types": ["g5g.xlarge"]})
    result = examine("-s", "staging")
    assert result.exit_code == Exit.DONE
    assert "! quotas that could not be asked: Rules per Application Load Balancer; " in result.stderr
    assert "instances; g5g.xlarge\n" in result.stderr
    assert "VPCs per Region" not in result.stderr


def test_a_quota_below_the_need_is_told(examine: Any, stack: StandIn) -> None:
    """With the request that raises it."""
    ec2 = stack.cloud.client("ec2")
    there = len(ec2.describe_vpcs()["Vpcs"])
    made = [ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"] for _ in range(5 - there)]
    try:
        result = examine("-s", "staging")
    finally:
        for vpc in made:
            ec2.delete_vpc(VpcId=vpc)
    assert result.exit_code == Exit.FAILED
    assert (
        "✗ AWS's quota \"VPCs per Region\" is 5, and 6 are needed: the stack's own, and others have 5.\n"
        f"  aws service-quotas request-service-quota-increase --region {REGION}"
        " --service-code vpc --quota-code L-F678F1CE --desired-value 6\n"
    ) in result.stderr


def test_an_error_of_ours_in_a_check_is_ours_to_find(examine: Any, stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not passed off as a finding."""

    def crash(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(stack.target, "client", crash)
    assert "Something that nobody foresaw: ValueError: odd" in examine("-s", "staging").stderr


def test_the_sandbox_says_how_much_of_aws_is_emulated(aws: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts, and each recorded type with its reason."""
    monkeypatch.setattr(Sandbox, "default", lambda: aws)
    result = CliRunner().invoke(app, ["sandbox", "status"])
    assert result.exit_code == Exit.DONE
    assert f"✓ emulator: running at {aws.emulator.status().endpoint}" in result.stdout
    assert " resource types are emulated, " in result.stdout
