from typing import Any

import pulumi_aws as aws
import pulumi_random as random
import pytest

from tests.configs import rendered
from tests.graph import takes_from, waits_for
from tests.rendering import Rendering

INSTANCES = ("database", "replica-r1", "replica-r2")
LOGS = {"statements": "postgresql", "upgrades": "upgrade", "logins": "iam-db-auth-error"}


@pytest.mark.parametrize("name", INSTANCES)
def test_an_instance_is_closed_and_encrypted(new_stack: Rendering, name: str) -> None:
    """Nobody but the services' groups reaches it, by TLS and by IAM."""
    made = new_stack.one(aws.rds.Instance, name)
    inputs = made.inputs
    assert inputs["publiclyAccessible"] is False
    assert inputs["storageEncrypted"] is True
    assert inputs["iamDatabaseAuthenticationEnabled"] is True
    assert inputs["caCertIdentifier"] == "rds-ca-rsa2048-g1"
    assert inputs["port"] == 5432
    assert takes_from(new_stack, made, "vpcSecurityGroupIds", aws.ec2.SecurityGroup) == {"firewall-database"}
    assert takes_from(new_stack, made, "parameterGroupName", aws.rds.ParameterGroup) == {"database-parameters"}


@pytest.mark.parametrize("name", INSTANCES)
def test_an_instance_is_hard_to_lose(new_stack: Rendering, name: str) -> None:
    """Protected by the engine and by AWS; its backups outlive it, and carry its tags."""
    made = new_stack.one(aws.rds.Instance, name)
    assert made.protect
    assert made.inputs["deletionProtection"] is True
    assert made.inputs["deleteAutomatedBackups"] is False
    assert made.inputs["copyTagsToSnapshot"] is True


def test_the_primary_leaves_a_snapshot_and_is_backed_up(new_stack: Rendering) -> None:
    """For as long as config says, at its time, and by the plan of AWS Backup; its replicas hold nothing that it does not."""
    inputs = new_stack.one(aws.rds.Instance, "database").inputs
    assert inputs["skipFinalSnapshot"] is False
    assert (inputs["backupRetentionPeriod"], inputs["backupWindow"]) == (35, "03:30-04:30")
    assert inputs["tags"]["backup"] == "daily"
    assert "backup" not in new_stack.one(aws.rds.Instance, "replica-r1").inputs["tags"]


def test_a_last_snapshot_has_a_name_that_no_earlier_one_has(old_stack: Rendering) -> None:
    """A database that was taken out and made again keeps its identifier, and AWS keeps the snapshot of the one before."""
    inputs = old_stack.one(aws.rds.Instance, "database").inputs
    assert takes_from(old_stack, old_stack.one(aws.rds.Instance, "database"), "finalSnapshotIdentifier", random.RandomId) == {
        "database-last"
    }
    assert inputs["finalSnapshotIdentifier"] == f"{inputs['identifier']}-last-0a1b2c3d"


@pytest.mark.parametrize("name", INSTANCES)
def test_nothing_changes_at_a_time_of_aws_s_choice(new_stack: Rendering, name: str) -> None:
    """The version is config's, and what interrupts waits for the window."""
    inputs = new_stack.one(aws.rds.Instance, name).inputs
    assert inputs["autoMinorVersionUpgrade"] is False
    assert inputs["applyImmediately"] is False
    assert inputs["engineVersion"] == "17.11"
    assert inputs.get("engine") == (None if name.startswith("replica") else "postgres"), "a replica has its source's"
    assert inputs["maintenanceWindow"] == "sun:05:00-sun:06:00"


@pytest.mark.parametrize("name", INSTANCES)
@pytest.mark.parametrize("log", LOGS)
def test_the_log_groups_are_there_before_the_instance(new_stack: Rendering, name: str, log: str) -> None:
    """RDS would make ones that nobody encrypts and that never end, under these very names."""
    instance, group = new_stack.one(aws.rds.Instance, name), new_stack.one(aws.cloudwatch.LogGroup, f"{name}-{log}")
    assert group.inputs["name"] == f"/aws/rds/instance/{instance.inputs['identifier']}/{LOGS[log]}"
    assert group.inputs["retentionInDays"] == 365
    assert group.protect
    assert takes_from(new_stack, group, "kmsKeyId", aws.kms.Key) == {"encryption-logs"}
    assert group.name in waits_for(new_stack, instance, aws.cloudwatch.LogGroup)
    assert LOGS[log] in instance.inputs["enabledCloudwatchLogsExports"]


@pytest.mark.parametrize("name", INSTANCES)
def test_load_and_operating_system_are_recorded(new_stack: Rendering, name: str) -> None:
    """Each setting is said, since AWS's defaults cost or are missing; the role may write before it is taken."""
    made = new_stack.one(aws.rds.Instance, name)
    assert made.inputs["monitoringInterval"] == 60
    assert made.inputs["performanceInsightsEnabled"] is True
    assert made.inputs["performanceInsightsRetentionPeriod"] == 465
    assert takes_from(new_stack, made, "performanceInsightsKmsKeyId", aws.kms.Key) == {"encryption-data"}
    assert waits_for(new_stack, made, aws.iam.RolePolicy) == {"database-may-measure"}


def test_storage_grows_by_itself() -> None:
    """On gp3, with the figures that config may add from 400 GiB on."""
    small = rendered({}).one(aws.rds.Instance, "database").inputs
    assert (small["storageType"], small["maxAllocatedStorage"]) == ("gp3", 1000)
    assert not {"iops", "storageThroughput"} & small.keys()
    large: dict[str, Any] = {"database.storage_gib": 400, "database.iops": 16_000, "database.throughput_mibps": 1000}
    inputs = rendered(large).one(aws.rds.Instance, "database").inputs
    assert (inputs["iops"], inputs["storageThroughput"]) == (16_000, 1000)


def test_what_is_given_up_is_no_longer_protected() -> None:
    """All of it at once, and marked, so that the packs tell it from a slip."""
    stack = rendered({"database.deletion_protection": False})
    given_up = [*stack.of(aws.rds.Instance), *(group for group in stack.of(aws.cloudwatch.LogGroup) if "/rds/" in group.inputs["name"])]
    assert len(given_up) == 3 + 9 + 1
    assert not any(made.protect for made in given_up)
    assert {made.inputs["tags"]["retiring"] for made in given_up} == {"true"}
    assert rendered({"database.proxy.retiring": True}).one(aws.cloudwatch.LogGroup, "database-proxy-log").protect is False
    assert {made.inputs["deletionProtection"] for made in stack.of(aws.rds.Instance)} == {False}
    assert not stack.one(aws.secretsmanager.Secret, "database-master-entry").protect
