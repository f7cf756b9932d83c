"""`switchyard promote-replica`, with the replica in the emulated AWS."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from ops.database.instances import Snapshot, lag_seconds
from ops.database.parts import INSTANCE
from ops.errors import Exit
from ops.guard import PARAMETER
from ops.stack_file import StackFile
from tests.ops.cloud import Cloud
from tests.ops.conftest import Run
from tests.ops.databases import Databases, Servers
from tests.ops.stand_in import CloudTarget, StandIn, half_done, step_of

READERS = "api-endpoint-DATABASE_READERS"


@pytest.fixture
def stack(cloud: Cloud, stack_file: StackFile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Databases]:
    """Give staging with a replica that is half a second behind, and has a backup; nobody waits for instances that reread."""
    cloud.reset(stack_file.settings())
    servers = Servers(cloud)
    servers.make()
    lag(cloud, monkeypatch, 90, 0.5)
    monkeypatch.setattr("ops.commands.promote_replica.REREAD_SECONDS", 0)
    backed_up(monkeypatch, "available")
    stands = Databases(CloudTarget(stack_file, cloud), servers)
    keep_backups(stands, 7)
    yield stands
    servers.remove()


def lag(cloud: Cloud, monkeypatch: pytest.MonkeyPatch, *seconds: float) -> None:
    """Let CloudWatch have these figures of how far the replica is behind, the newest last."""
    now = datetime.now(UTC)
    points = [{"Timestamp": now - timedelta(minutes=age), "Maximum": value} for age, value in enumerate(reversed(seconds))]
    monkeypatch.setattr(cloud.client("cloudwatch"), "get_metric_statistics", lambda **_asked: {"Datapoints": points})


def keep_backups(stack: Databases, days: int) -> None:
    """Let config and AWS keep the replica's backups for so long; 0 is none."""
    stack.target.file.edit({"database.replicas.r1.backup_days": days or None})
    stack.servers.rds.modify_db_instance(DBInstanceIdentifier="database-r1", BackupRetentionPeriod=days, ApplyImmediately=True)
    stack.backed_up = {"r1": days}


def backed_up(monkeypatch: pytest.MonkeyPatch, *statuses: str) -> None:
    """Let AWS have automated backups of these statuses; the emulator makes none."""
    made = [Snapshot(f"rds:{status}", None, "automated", status) for status in statuses]
    monkeypatch.setattr("ops.database.promotion.snapshots_of", lambda _deployment, _identifier: made)


def test_services_are_led_away_before_it_is_promoted(stack: Databases, run: Run) -> None:
    """Two updates, of which neither holds anything else; then AWS has it alone and with backups."""
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied == [[READERS], ["replica-r1"]]
    found = stack.servers.rds.describe_db_instances(DBInstanceIdentifier="database-r1")["DBInstances"][0]
    assert not found.get("ReadReplicaSourceDBInstanceIdentifier")
    assert found["BackupRetentionPeriod"] == 7
    assert stack.config.replicas["r1"].promoted
    assert "r1: step 2 of 2: promoted; database-r1 takes writes" in result.stdout
    assert 'git commit -m "promote replica r1" Pulumi.staging.yaml' in result.stdout
    assert "To undo it" not in result.output


def test_it_says_what_a_promotion_costs_and_does_nothing_without_a_yes(stack: Databases, run: Run) -> None:
    """Nobody says yes where there is no terminal; the command that says it is named."""
    result = run("promote-replica", "r1", "--lag-seconds", "3")
    assert result.exit_code == Exit.DONE
    for cost in ("is promoted for good", "never comes to it", "It restarts", "follow the primary", "Its backups reach back to their own"):
        assert cost in result.stdout
    assert "`switchyard promote-replica r1 -s staging --lag-seconds 3 --yes` runs it" in result.stderr
    assert stack.applied == []
    assert not stack.config.replicas["r1"].promoted


@pytest.mark.parametrize(("answer", "promoted"), [("y", True), ("n", False)])
def test_at_a_terminal_it_asks(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch, answer: str, promoted: bool) -> None:  # noqa: FBT001
    """And goes by the answer."""
    monkeypatch.setattr("ops.agreement.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    monkeypatch.setattr("ops.agreement.typer.confirm", lambda question, err: "Promote r1?" in question and err and answer == "y")
    assert run("promote-replica", "r1").exit_code == Exit.DONE
    assert stack.config.replicas["r1"].promoted is promoted


def test_a_replica_without_a_backup_is_backed_up_first(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One step, which touches its backups; the next one is named and not taken."""
    backed_up(monkeypatch)
    keep_backups(stack, 0)
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.applied == [["replica-r1"]]
    assert (stack.config.replicas["r1"].backup_days, stack.config.replicas["r1"].promoted) == (7, False)
    assert "r1: step 1 of 2: it has backups of its own from now on, the first one within 03:30-04:30 UTC" in result.stdout
    again = run("promote-replica", "r1", "--yes")
    assert again.exit_code == Exit.REFUSED
    assert "r1 has no backup yet" in again.stderr
    assert run("promote-replica", "r1", "--yes", "--without-backup").exit_code == Exit.DONE
    assert stack.config.replicas["r1"].promoted


def test_backups_that_wait_for_the_maintenance_window_are_told(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS begins with them only then, unless it is asked to at once; the command for that is printed and not run."""
    backed_up(monkeypatch)
    keep_backups(stack, 0)
    describe = stack.servers.rds.describe_db_instances

    def pending(**asked: str) -> object:
        found = describe(**asked)
        found["DBInstances"][0].update(BackupRetentionPeriod=0, PendingModifiedValues={"BackupRetentionPeriod": 7})
        return found

    monkeypatch.setattr(stack.servers.rds, "describe_db_instances", pending)
    result = run("promote-replica", "r1")
    assert result.exit_code == Exit.DONE, result.output
    assert "the first one with the maintenance window (sun:05:00-sun:06:00 UTC)" in result.stdout
    assert "rds modify-db-instance --region eu-west-1 --db-instance-identifier database-r1" in result.stdout


def test_the_lag_is_the_replicas_own_figure_in_cloudwatch(cloud: Cloud, stack_file: StackFile) -> None:
    """Of another instance there is none."""
    stack = StandIn(CloudTarget(stack_file, cloud))
    figure = {"MetricName": "ReplicaLag", "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "measured"}], "Value": 4}
    stack.cloud.client("cloudwatch").put_metric_data(Namespace="AWS/RDS", MetricData=[{**figure, "Timestamp": datetime.now(UTC)}])
    soon = datetime.now(UTC) + timedelta(minutes=1)
    assert lag_seconds(stack, "measured", soon) == 4
    assert lag_seconds(stack, "not-measured", soon) is None


def test_a_replica_that_is_behind_is_not_promoted(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it lacks would be lost; whoever has lost the source may say so."""
    lag(stack.cloud, monkeypatch, 0, 42)
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert "r1 is 42 seconds behind, and 10 are allowed (--lag-seconds): what it lacks would be lost" in result.stderr
    assert stack.applied == []
    assert run("promote-replica", "r1", "--yes", "--any-lag").exit_code == Exit.DONE


@pytest.mark.parametrize("figure", [None, -1.0])
def test_a_lag_that_nobody_knows_is_no_small_one(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch, figure: float | None) -> None:
    """CloudWatch has none, or says -1: it does not follow."""
    points = [] if figure is None else [{"Timestamp": datetime.now(UTC), "Maximum": figure}]
    monkeypatch.setattr(stack.cloud.client("cloudwatch"), "get_metric_statistics", lambda **_asked: {"Datapoints": points})
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert "CloudWatch has no figure of how far r1 is behind" in result.stderr


@pytest.mark.parametrize(("status", "hint"), [("backing-up", "A backup ends within minutes"), ("modifying", "Wait until it is available")])
def test_only_what_is_available_is_promoted(stack: Databases, run: Run, monkeypatch: pytest.MonkeyPatch, status: str, hint: str) -> None:
    """AWS refuses it in the middle of a backup."""
    describe = stack.servers.rds.describe_db_instances

    def busy(**asked: str) -> object:
        found = describe(**asked)
        found["DBInstances"][0]["DBInstanceStatus"] = status
        return found

    monkeypatch.setattr(stack.servers.rds, "describe_db_instances", busy)
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert f"r1 is {status}" in result.stderr
    assert hint in result.stderr


def test_anything_else_in_the_preview_is_refused(stack: Databases, run: Run) -> None:
    """Before services are led away; the file is what it was."""
    stack.beside.append(step_of(INSTANCE, "database", ("instanceClass",)))
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert "update Instance database (instanceClass)" in result.stderr
    assert (stack.applied, stack.config.replicas["r1"].promoted) == ([], False)


def test_a_promotion_that_did_not_land_is_an_error_and_the_same_command_ends_it(stack: Databases, run: Run) -> None:
    """AWS is asked, not the engine."""
    stack.does = {PARAMETER}
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.FAILED
    assert "r1: still follows database." in result.stderr
    stack.does = {PARAMETER, INSTANCE}
    assert run("promote-replica", "r1", "--yes").exit_code == Exit.DONE
    again = run("promote-replica", "r1")
    assert again.exit_code == Exit.DONE
    assert "r1 is promoted already" in again.stderr


def test_an_update_that_failed_half_way_leaves_config_ahead(stack: Databases, run: Run) -> None:
    """So that the same command goes on."""
    stack.breaks = half_done()
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.FAILED
    assert stack.config.replicas["r1"].promoted


def test_a_promotion_that_somebody_made_by_hand_is_not_built_on(stack: Databases, run: Run) -> None:
    """Config still says that it follows."""
    stack.servers.rds.promote_read_replica(DBInstanceIdentifier="database-r1")
    result = run("promote-replica", "r1", "--yes")
    assert result.exit_code == Exit.REFUSED
    assert "By AWS's word r1 follows nothing any more" in result.stderr


def test_services_are_led_to_it_and_back(stack: Databases, run: Run) -> None:
    """Once it takes writes, and not before."""
    early = run("promote-replica", "r1", "--use")
    assert early.exit_code == Exit.REFUSED
    assert "takes no writes" in early.stderr
    assert run("promote-replica", "r1", "--yes").exit_code == Exit.DONE
    result = run("promote-replica", "r1", "--use")
    assert result.exit_code == Exit.DONE, result.output
    assert stack.config.use == stack.use == "r1"
    assert "services write to r1 (database-r1) from now on" in result.stdout
    assert "switchyard restore database --back -s staging" in result.stdout
    back = run("restore", "database", "--back")
    assert back.exit_code == Exit.DONE, back.output
    assert stack.config.use == stack.use == "primary"
    assert "switchyard promote-replica r1 --use -s staging" in back.stdout


def test_what_is_no_replica_is_not_promoted(stack: Databases, run: Run) -> None:
    """Those that there are are named."""
    result = run("promote-replica", "r9", "--yes")
    assert result.exit_code == Exit.BAD_INPUT
    assert "There is no replica 'r9' in switchyard:database.replicas: r1." in result.stderr
    assert stack.previews == []
