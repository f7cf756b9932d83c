"""`switchyard status --recovery`, held to what the emulated AWS has; of backups it has none, so those answers are given."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from ops import standing
from ops.commands.recovery_status import recovery_status
from ops.database.parts import INSTANCE
from ops.errors import Exit
from ops.stack_file import StackFile
from ops.standing import COPIES, VAULT
from tests.ops.cloud import ACCOUNT, REGION, Cloud
from tests.ops.conftest import Run
from tests.ops.databases import Databases, Servers
from tests.ops.stand_in import CloudTarget, StandIn
from tests.ops.state import resource
from tests.rendering import ROOT

OTHER = "eu-central-1"
SITE_COPY = "site-copy-of-staging"
DATABASE_ARN = f"arn:aws:rds:{REGION}:{ACCOUNT}:db:database"
PLAN = f"arn:aws:backup:{REGION}:{ACCOUNT}:restore-testing-plan:weekly"


@pytest.fixture(scope="module")
def copies(cloud: Cloud) -> Cloud:
    """A vault and a bucket in the other region, and the rule that copies the site there."""
    cloud.client("backup", OTHER).create_backup_vault(BackupVaultName=COPIES)
    s3 = cloud.client("s3", OTHER)
    s3.create_bucket(Bucket=SITE_COPY, CreateBucketConfiguration={"LocationConstraint": OTHER})
    for bucket in (SITE_COPY, cloud.site["bucket"]):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    rule = {"ID": "all", "Status": "Enabled", "Prefix": "", "Destination": {"Bucket": f"arn:aws:s3:::{SITE_COPY}"}}
    cloud.client("s3").put_bucket_replication(
        Bucket=cloud.site["bucket"], ReplicationConfiguration={"Role": "arn:aws:iam::1:role/r", "Rules": [rule]}
    )
    return cloud


@pytest.fixture
def stack(copies: Cloud, stack_file: StackFile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Databases]:
    """Give staging, committed as it is, with its database and the vault of copies in the state."""
    copies.reset(stack_file.settings())
    servers = Servers(copies)
    servers.make()
    made = Databases(CloudTarget(stack_file, copies), servers)
    made.more = [*made.more, resource(VAULT, COPIES, COPIES)]
    monkeypatch.setattr(standing, "committed_settings", lambda _stack: stack_file.settings())
    yield made
    servers.remove()


@pytest.fixture
def follower(stack: Databases) -> Iterator[Any]:
    """A replica of staging's database in the other region."""
    rds = stack.cloud.client("rds", OTHER)
    rds.create_db_instance_read_replica(DBInstanceIdentifier="far", SourceDBInstanceIdentifier=DATABASE_ARN, VpcSecurityGroupIds=["sg-1"])
    yield rds
    rds.delete_db_instance(DBInstanceIdentifier="far", SkipFinalSnapshot=True)


def lags(cloud: Cloud, monkeypatch: pytest.MonkeyPatch, *seconds: float) -> None:
    """Let CloudWatch of the other region have these figures, the newest last."""
    now = datetime.now(UTC)
    points = [{"Timestamp": now - timedelta(minutes=age), "Maximum": value} for age, value in enumerate(reversed(seconds))]
    monkeypatch.setattr(cloud.client("cloudwatch", OTHER), "get_metric_statistics", lambda **_asked: {"Datapoints": points})


def told(run: Run, *words: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, what programs read by thing, and what is warned of."""
    result = run("status", "--recovery", "--json", *words)
    return result.exit_code, {each["what"]: each for each in json.loads(result.stdout)["things"]}, result.stderr


def test_without_any_copy_the_objective_is_missed(stack: Databases, run: Run) -> None:
    """AWS says that there is no backup in the other region; its own backups are said, and are no copy."""
    code, things, warned = told(run)
    assert code == Exit.FAILED
    assert things["database"]["objective"] == "missed"
    assert things["database"]["met_by"] == f"no backup in {OTHER}; its own backups in {REGION} reach to 0 min ago"
    assert things["database"]["proven"] is None
    assert "! database: the objective is missed" in warned
    assert stack.applied == []


@pytest.mark.parametrize(
    ("seconds", "objective", "code"), [(12, "met", Exit.DONE), (3600, "met", Exit.DONE), (3661, "missed", Exit.FAILED)]
)
@pytest.mark.usefixtures("follower")
def test_a_replica_elsewhere_is_as_old_as_it_lags(
    stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch, seconds: int, objective: str, code: Exit
) -> None:
    """By its newest figure, against `recovery.point_minutes`."""
    lags(stack.cloud, monkeypatch, 9999, seconds)
    ended, things, _ = told(run)
    assert ended == code
    assert (things["database"]["age_seconds"], things["database"]["objective"]) == (seconds, objective)
    assert things["database"]["met_by"].startswith(f"replica far in {OTHER}; ")


@pytest.mark.usefixtures("follower")
def test_what_aws_does_not_say_is_undecided(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A replica that does not follow reports -1, one that is gone nothing."""
    for figures in ([], [-1.0]):
        lags(stack.cloud, monkeypatch, *figures)
        code, things, warned = told(run)
        assert code == Exit.UNDECIDED
        assert things["database"]["objective"] == "undecided"
        assert things["database"]["met_by"].startswith("replica far in eu-central-1 tells no lag")
        assert "! database: AWS does not say how old the newest copy is" in warned


def test_a_backup_elsewhere_is_as_old_as_it_is_and_tests_prove_it(stack: Databases, run: Run) -> None:
    """The newest that is complete; of the restores only those of tests, of this database, that ended well."""
    now = datetime.now(UTC)
    point = {"RecoveryPointArn": "arn:aws:backup:r", "Status": "COMPLETED"}
    newest = {**point, "CreationDate": now - timedelta(minutes=30)}
    points = [{**point, "CreationDate": now - timedelta(days=1)}, newest, {**newest, "Status": "PARTIAL", "CreationDate": now}]
    test = {"RestoreJobId": "1", "SourceResourceArn": DATABASE_ARN, "CreatedBy": {"RestoreTestingPlanArn": PLAN}}
    last = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    by_hand = {"RestoreJobId": "2", "SourceResourceArn": DATABASE_ARN, "CompletionDate": now}
    others = {**test, "SourceResourceArn": f"{DATABASE_ARN}-2", "CompletionDate": now}
    jobs = [{**test, "CompletionDate": last - timedelta(days=7)}, {**test, "CompletionDate": last}, by_hand, others]
    with Stubber(stack.cloud.client("backup", OTHER)) as there, Stubber(stack.cloud.client("backup")) as here:
        asked = {"BackupVaultName": COPIES, "ByResourceArn": DATABASE_ARN}
        there.add_response("list_recovery_points_by_backup_vault", {"RecoveryPoints": points}, asked)
        here.add_response("list_restore_jobs", {"RestoreJobs": jobs}, {"ByStatus": "COMPLETED", "ByResourceType": "RDS"})
        here.add_client_error("list_restore_jobs", "AccessDeniedException")
        code, things, _ = told(run)
    assert code == Exit.DONE
    assert things["database"]["age_seconds"] == pytest.approx(1800, abs=60)
    assert things["database"]["proven"] == last.isoformat()
    assert things["site"]["proven"] is None


def test_a_release_that_is_not_in_the_copy_is_as_old_as_it_is(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is asked for by the manifest of the release that users see."""
    s3, key = stack.cloud.client("s3", OTHER), "manifests/release-1.json"
    s3.put_object(Bucket=SITE_COPY, Key=key, Body=b"{}")
    assert told(run)[1]["site"] | {"proven": None} == {
        "what": "site", "met_by": f"{key} in {SITE_COPY}", "age_seconds": 0, "objective": "met", "proven": None
    }  # fmt: skip
    s3.delete_object(Bucket=SITE_COPY, Key=key)
    site = told(run)[1]["site"]
    assert (site["met_by"], site["objective"]) == (f"{key} is not in {SITE_COPY} yet", "met")
    assert site["age_seconds"] < 3600
    other = stack_settings(stack, "release-2")
    monkeypatch.setattr(StackFile, "settings", lambda _file: other)
    assert told(run)[1]["site"]["objective"] == "missed"


def stack_settings(stack: Databases, live: str) -> Any:
    """The stack's settings with another release of the site."""
    known = StackFile("staging", stack.target.file.path).settings()
    return known.model_copy(update={"site": known.site.model_copy(update={"live": live})})


def test_a_region_that_does_not_answer_is_no_crash(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what the command is for."""

    def silent(*_words: str, **_asked: Any) -> None:
        raise EndpointConnectionError(endpoint_url="https://rds")

    with monkeypatch.context() as patched:
        patched.setattr(stack.cloud.client("rds"), "describe_db_instances", silent)
        patched.setattr(stack.cloud.client("backup"), "get_paginator", silent)
        patched.setattr(stack.cloud.client("s3"), "head_object", silent)
        patched.setattr(stack.cloud.client("backup", OTHER), "get_paginator", silent)
        _, things, _ = told(run)
    assert things["database"]["objective"] == things["site"]["objective"] == "undecided"
    assert "eu-west-1: AWS does not answer" in things["database"]["met_by"]


def test_redis_has_no_objective_and_config_is_in_git(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is lost is said; a stack file that nobody has committed is missed."""
    things = told(run)[1]
    assert (things["redis"]["objective"], things["redis"]["age_seconds"]) == (None, None)
    assert things["config"]["objective"] == "met"
    monkeypatch.setattr(standing, "committed_settings", lambda _stack: None)
    code, things, _ = told(run)
    assert (code, things["config"]["objective"]) == (Exit.FAILED, "missed")
    assert stack.applied == []


def test_people_read_a_table_and_the_time_objective(run: Run) -> None:
    """With what nobody has proven."""
    shown = run("status", "--recovery").stdout
    lines = [[cell.strip() for cell in line.split("│")] for line in shown.splitlines() if "│" in line]
    assert ["redis", "all", "all", "none"] in [line[:4] for line in lines]
    assert [line[-1] for line in lines if line[0] == "database"] == ["never proven"]
    assert "users are to be served again 240 minutes after the decision, by the stack that waits in eu-central-1" in shown


def test_watching_is_for_what_runs(run: Run) -> None:
    """Copies move by the hour."""
    result = run("status", "--recovery", "--watch")
    assert result.exit_code == Exit.BAD_INPUT
    assert "give one of them" in result.stderr


def test_a_stack_that_waits_is_the_copy(
    follower: Any, stack: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    """Of the database that its own follows; its site must have been released to it."""
    text = (ROOT / "Pulumi.recovery.yaml").read_text(encoding="utf-8").replace("switchyard-prod-database-d6f92", "database")
    file = StackFile("recovery", tmp_path / "Pulumi.recovery.yaml")
    file.path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(standing, "committed_settings", lambda _stack: file.settings())
    lags(stack.cloud, monkeypatch, 3)
    waiting = StandIn(CloudTarget(file, stack.cloud, name="recovery"))
    waiting.more = [resource(INSTANCE, "database", "far", {"identifier": "far"})]
    assert follower.describe_db_instances(DBInstanceIdentifier="far")["DBInstances"]
    assert recovery_status(waiting, as_json=True) == Exit.DONE
    found = json.loads(capsys.readouterr().out)
    assert found["waits"]
    things = {each["what"]: each for each in found["things"]}
    assert things["database"]["met_by"] == f"replica far in {OTHER}; its own backups in {REGION} reach to 0 min ago"
    assert things["site"]["met_by"] == f"manifests/release-1.json in {stack.cloud.site['bucket']}"
    waiting.exports = {"site": {**stack.cloud.site, "bucket": SITE_COPY}}
    stack.cloud.client("s3", OTHER).delete_object(Bucket=SITE_COPY, Key="manifests/release-1.json")
    assert recovery_status(waiting) == Exit.FAILED
    assert "release it there too" in capsys.readouterr().out
