"""`switchyard bootstrap`: an account's state bucket and key."""

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.stub import Stubber
from typer.testing import CliRunner

from ops import desired
from ops.cli import app
from ops.desired import Thing, make, seen
from ops.errors import BadInputError, EngineError, Exit
from ops.state_bucket import StateBucket, bucket_name
from ops.state_key import StateKey
from sandbox.engine import ensure
from tests.ops.cloud import ACCOUNT, REGION, Cloud
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn
from tests.rendering import ROOT

BUCKET = f"switchyard-state-staging-{ACCOUNT}-{REGION}"
ALIAS = "alias/switchyard-staging"
COMMANDS = [
    f"pulumi login 's3://{BUCKET}?region={REGION}'",
    f"pulumi stack init staging --secrets-provider 'awskms://{ALIAS}?region={REGION}'",
]


@dataclass
class Account:
    """What bootstrap has made, and what it asks for."""

    cloud: Cloud
    called: list[str] = field(default_factory=list)
    """Operations of KMS and S3, in order."""

    def __post_init__(self) -> None:
        for client in (self.s3, self.kms):
            client.meta.events.register_last("before-call", self._note, unique_id="account")

    def _note(self, model: Any, **_: Any) -> None:
        self.called.append(model.name)

    @property
    def s3(self) -> Any:
        """A client of S3."""
        return self.cloud.client("s3")

    @property
    def kms(self) -> Any:
        """A client of KMS."""
        return self.cloud.client("kms")

    @property
    def key(self) -> str:
        """The id of the key under the alias."""
        return str(self.kms.describe_key(KeyId=ALIAS)["KeyMetadata"]["KeyId"])

    @property
    def writes(self) -> list[str]:
        """The operations that change something."""
        return [name for name in self.called if not name.startswith(("Get", "List", "Describe", "Head"))]

    def empty(self) -> None:
        """Take away what an earlier test has made."""
        if any(alias["AliasName"] == ALIAS for alias in self.kms.list_aliases()["Aliases"]):
            self.kms.delete_alias(AliasName=ALIAS)
        for key in self.kms.list_keys()["Keys"]:
            if self.kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"] != "PendingDeletion":
                self.kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=30)
        if any(bucket["Name"] == BUCKET for bucket in self.s3.list_buckets()["Buckets"]):
            self.s3.delete_bucket_policy(Bucket=BUCKET)
            listed = self.s3.list_object_versions(Bucket=BUCKET)
            for version in (*listed.get("Versions", []), *listed.get("DeleteMarkers", [])):
                self.s3.delete_object(Bucket=BUCKET, Key=version["Key"], VersionId=version["VersionId"])
            self.s3.delete_bucket(Bucket=BUCKET)


@pytest.fixture
def account(stack: StandIn) -> Iterator[Account]:
    """Give an account in which nothing was made yet."""
    there = Account(stack.cloud)
    there.empty()
    there.called.clear()
    yield there
    there.empty()
    for client in (there.s3, there.kms):
        client.meta.events.unregister("before-call", unique_id="account")


def test_a_new_account_gets_all_of_it(account: Account, run: Run) -> None:
    """The bucket is versioned, encrypted, private and tidy; the key rotates; the engine's own commands are printed as they are typed."""
    result = run("bootstrap", "--yes")
    assert result.exit_code == Exit.DONE
    assert "✓ staging: 12 things made or put right" in result.stdout
    assert f"account {ACCOUNT}: bucket {BUCKET}, key {ALIAS}\n" in result.stdout
    assert result.stdout.endswith("\nGo on with:\n" + "".join(f"  {command}\n" for command in COMMANDS))
    s3, kms, key = account.s3, account.kms, account.key
    assert s3.head_bucket(Bucket=BUCKET)["BucketRegion"] == REGION
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    rule = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"].endswith(f":key/{key}")
    assert set(s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"].values()) == {True}
    expiry = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"][0]
    assert expiry["NoncurrentVersionExpiration"] == {"NoncurrentDays": 90}
    assert expiry["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]
    assert {tag["TagKey"]: tag["TagValue"] for tag in kms.list_resource_tags(KeyId=key)["Tags"]}["stack"] == "staging"


def test_the_bucket_refuses_what_is_not_ours(account: Account, run: Run) -> None:
    """Requests without TLS, and those of other accounts; both for the bucket and for what is in it."""
    run("bootstrap", "--yes")
    statements = json.loads(account.s3.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"]
    assert {(each["Effect"], each["Principal"], each["Action"]) for each in statements} == {("Deny", "*", "s3:*")}
    assert {tuple(each["Resource"]) for each in statements} == {(f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*")}
    assert [each["Condition"] for each in statements] == [
        {"Bool": {"aws:SecureTransport": "false"}},
        {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}},
    ]


def test_a_second_run_changes_nothing(account: Account, run: Run) -> None:
    """It only asks, says that all is right, and prints the commands again."""
    run("bootstrap", "--yes")
    account.called.clear()
    result = run("bootstrap")
    assert result.exit_code == Exit.DONE
    assert account.called
    assert account.writes == []
    assert "✓ staging: all of it is there and right" in result.stdout
    assert COMMANDS[1] in result.stdout


def test_without_a_terminal_it_only_shows(account: Account, run: Run) -> None:
    """What is missing, what it would be, and how to have it made."""
    result = run("bootstrap")
    assert result.exit_code == Exit.DONE
    assert account.writes == []
    assert "bucket: versioning        │ missing │ Enabled" in result.stdout
    told = "! nothing was changed: there is no terminal to say yes on. `switchyard bootstrap -s staging --yes` makes it\n"
    assert result.stderr == told
    assert "pulumi login" not in result.stdout


@pytest.mark.parametrize(("typed", "made"), [("y\n", True), ("n\n", False)])
@pytest.mark.usefixtures("run")
def test_on_a_terminal_it_asks(account: Account, monkeypatch: pytest.MonkeyPatch, typed: str, made: bool) -> None:  # noqa: FBT001 -- a case
    """A yes makes it; anything else leaves all as it was."""
    monkeypatch.setattr("ops.commands.bootstrap.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    result = CliRunner().invoke(app, ["bootstrap", "-s", "staging"], input=typed)
    assert result.exit_code == Exit.DONE
    assert "Make or put right 12 things? [y/N]" in result.stderr
    assert bool(account.writes) is made
    assert ("nothing was changed" in result.stderr) is not made


def test_credentials_of_another_account_are_refused(account: Account, stack: StandIn, run: Run) -> None:
    """Before anything is looked at."""
    stack.target.cloud = Cloud(stack.cloud.sandbox, account="999999999999")
    result = run("bootstrap", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert result.stderr == (
        "✗ The credentials are for account 999999999999, and the stack is for 123456789012.\n  Switch to the other profile.\n"
    )
    assert account.called == []


def test_a_bucket_of_another_account_is_refused(account: Account, run: Run) -> None:
    """Bucket names are everybody's, and state must go to no stranger. Stubbed: the emulator lets accounts share buckets."""
    with Stubber(account.s3) as s3:
        s3.add_client_error("head_bucket", "403", http_status_code=403)
        result = run("bootstrap", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert f"✗ The bucket {BUCKET} is another account's, or these credentials may not look at it." in result.stderr
    assert account.writes == []


def test_an_error_of_s3_is_told_as_it_is(account: Account, run: Run) -> None:
    """It is not taken for a bucket that is missing. Stubbed: the emulator is never ill."""
    with Stubber(account.s3) as s3:
        s3.add_client_error("head_bucket", "503", "Slow down", http_status_code=503)
        result = run("bootstrap", "--yes")
    assert "✗ AWS refused HeadBucket: Slow down (503)" in result.stderr


ALL_PUBLIC = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False)
FOR_A_YEAR = {"ID": "x", "Status": "Enabled", "Filter": {"Prefix": ""}, "NoncurrentVersionExpiration": {"NoncurrentDays": 365}}
AES = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
ANYBODY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]}
SPOILED: dict[str, tuple[Callable[[Account], object], str]] = {
    "versioning": (lambda it: it.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"}), "Suspended"),
    "encryption": (lambda it: it.s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration=AES), "AES256"),
    "public access": (
        lambda it: it.s3.put_public_access_block(
            Bucket=BUCKET, PublicAccessBlockConfiguration={**ALL_PUBLIC, "BlockPublicAcls": True, "IgnorePublicAcls": True}
        ),
        "without BlockPublicPolicy,",
    ),
    "public access: all": (
        lambda it: it.s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=ALL_PUBLIC),
        "without BlockPublicAcls,",
    ),
    "ownership": (
        lambda it: it.s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}),
        "ObjectWriter",
    ),
    "policy": (lambda it: it.s3.delete_bucket_policy(Bucket=BUCKET), "missing"),
    "expiry": (
        lambda it: it.s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [FOR_A_YEAR]}),
        "other rules",
    ),
    "rotation": (lambda it: it.kms.disable_key_rotation(KeyId=it.key), "never"),
    "description": (lambda it: it.kms.update_key_description(KeyId=it.key, Description="of old"), "of old"),
    "wait before deletion": (
        lambda it: it.kms.put_key_policy(KeyId=it.key, PolicyName="default", Policy=json.dumps(ANYBODY)),
        "7 days are allowed",
    ),
    "tags": (lambda it: it.kms.untag_resource(KeyId=it.key, TagKeys=["stack"]), "project=switchyard,"),
    "key": (lambda it: it.kms.disable_key(KeyId=it.key), "Disabled"),
    "deleted key": (lambda it: it.kms.schedule_key_deletion(KeyId=it.key, PendingWindowInDays=30), "PendingDeletion"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_differs_is_said_and_put_right(account: Account, run: Run, what: str) -> None:
    """That thing alone; the run after it has nothing to do."""
    spoil, shown = SPOILED[what]
    run("bootstrap", "--yes")
    spoil(account)
    result = run("bootstrap", "--yes")
    assert shown in result.stdout
    assert "✓ staging: 1 thing made or put right" in result.stdout
    assert "all of it is there and right" in run("bootstrap").stdout


def test_what_others_put_into_a_policy_stays(account: Account, run: Run) -> None:
    """Ours are known by their Sid; a list of one is as good as the one."""
    run("bootstrap", "--yes")
    other = {"Sid": "Audit", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": ["s3:ListBucket"]}
    other["Resource"] = f"arn:aws:s3:::{BUCKET}"
    ours = json.loads(account.s3.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"]
    listed = [{**statement, "Action": [statement["Action"]]} for statement in ours]
    account.s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [other, *listed]}))
    assert "all of it is there and right" in run("bootstrap").stdout
    account.s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [other, listed[0]]}))
    assert "1 thing made" in run("bootstrap", "--yes").stdout
    statements = json.loads(account.s3.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"]
    assert [statement["Sid"] for statement in statements] == ["Audit", "TlsOnly", "ThisAccountOnly"]


def test_a_key_that_lost_its_alias_is_taken_again(account: Account, run: Run) -> None:
    """As after a run that was cut short between the two: no second key is made. One that somebody is deleting is left to that."""
    run("bootstrap", "--yes")
    first = account.key
    account.kms.delete_alias(AliasName=ALIAS)
    run("bootstrap", "--yes")
    assert account.key == first
    account.kms.delete_alias(AliasName=ALIAS)
    account.kms.schedule_key_deletion(KeyId=first, PendingWindowInDays=30)
    run("bootstrap", "--yes")
    assert account.key != first


def test_a_key_that_may_not_be_looked_at_is_somebody_elses(account: Account) -> None:
    """The answers are stubbed: the emulator enforces no key policy."""
    stranger, made = "0" * 8, "1" * 8
    with Stubber(account.kms) as kms:
        kms.add_client_error("describe_key", "NotFoundException")
        kms.add_response("list_keys", {"Keys": [{"KeyId": stranger}]})
        kms.add_client_error("list_resource_tags", "AccessDeniedException", expected_params={"KeyId": stranger})
        kms.add_response("create_key", {"KeyMetadata": {"KeyId": made}})
        kms.add_response("create_alias", {}, expected_params={"AliasName": ALIAS, "TargetKeyId": made})
        StateKey(account.kms, "staging", ACCOUNT).things()[0].make()
        kms.assert_no_pending_responses()


def test_in_the_first_region_no_location_is_named(account: Account) -> None:
    """S3 refuses a bucket that names it."""
    s3, name = account.cloud.client("s3", "us-east-1"), f"switchyard-state-far-{ACCOUNT}-us-east-1"
    bucket = StateBucket(s3, name, ACCOUNT, "us-east-1", StateKey(account.kms, "far", ACCOUNT)).things()[0]
    make(bucket)
    assert seen([bucket])[0].right


@pytest.mark.parametrize("stack_name", ["Prod", "a_b", "x" * 23])
def test_a_stack_whose_name_no_bucket_takes_is_refused(stack_name: str) -> None:
    """What is allowed is said; config alone allows more."""
    with pytest.raises(BadInputError, match="a stack's name has lowercase letters, digits and hyphens, 22 at most") as raised:
        bucket_name(stack_name, ACCOUNT, "eu-north-1")
    assert stack_name in raised.value.message
    assert len(bucket_name("x" * 22, ACCOUNT, "eu-north-1")) == 63


def test_what_does_not_land_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at until AWS shows it, for half a minute."""
    monkeypatch.setattr(desired, "LANDING_SECONDS", 0)
    answers = iter(["off", "off", "on"])
    make(Thing("switch", "on", lambda: next(answers), lambda: None))
    assert list(answers) == []
    with pytest.raises(EngineError, match="switch was set to on, and AWS says nothing") as raised:
        make(Thing("switch", "on", str, lambda: None))
    assert raised.value.changed


def test_in_the_sandbox_it_says_for_whom_the_commands_are(account: Account, stack: StandIn, run: Run) -> None:
    """The sandbox's own engine keeps its state in a folder."""
    stack.target.sandboxed = True
    result = run("bootstrap", "--yes")
    assert "An operator on AWS would go on with:" in result.stdout
    assert account.writes


@pytest.mark.engine
def test_the_engine_takes_the_printed_commands(account: Account, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are printed. The emulator ignores the conditions of the bucket's policy and would refuse everybody, so it goes first."""
    run("bootstrap", "--yes")
    account.s3.delete_bucket_policy(Bucket=BUCKET)
    for name in ("Pulumi.yaml", "Pulumi.staging.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setenv("PATH", f"{ensure(pytest.fail).root / 'bin'}{os.pathsep}{os.environ['PATH']}")
    environment = {
        "AWS_ENDPOINT_URL": account.cloud.sandbox.emulator.status().endpoint,
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    for command in COMMANDS:
        subprocess.run(shlex.split(command), cwd=tmp_path, env={**os.environ, **environment}, check=True, capture_output=True, timeout=120)
    assert f"awskms://{ALIAS}?region={REGION}" in (tmp_path / "Pulumi.staging.yaml").read_text()
    assert "encryptedkey: " in (tmp_path / "Pulumi.staging.yaml").read_text()
    kept = [each["Key"] for each in account.s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert ".pulumi/stacks/switchyard/staging.json" in kept
