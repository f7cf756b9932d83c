"""Database instances that begin with another one's data: replicas, promotions, restores; and what AWS refuses of them."""

import functools
from typing import Any

import pytest

from tests.sandbox.provider.driver import REGION, Driver, Made, Properties, bare
from tests.sandbox.provider.specs.rds import PASSWORDS, instance
from tests.sandbox.provider.specs.rds_proxy import ELSEWHERE, replication
from tests.sandbox.provider.world import World

TYPE = "aws.rds.Instance"

REPLICA: Properties = {"instanceClass": "db.m7g.large", "storageEncrypted": True, "skipFinalSnapshot": True}


@functools.cache
def ground(aws: Driver) -> Properties:
    """Return the inputs of an instance; all of them stand on the same network, keys and groups."""
    return instance(World({"aws": aws}, "databases"))


def primary(world: World, **inputs: Any) -> Made:
    """Return a new instance with backups; None takes an input away."""
    given = {**ground(world.drivers["aws"]), **inputs}
    return world.make(TYPE, **{name: value for name, value in given.items() if value is not None})


def there(world: World, made: Made, region: str = REGION) -> Any:
    """Return what AWS answers of an instance."""
    filters = [{"Name": "dbi-resource-id", "Values": [made.id]}]
    return world.client("rds", region).describe_db_instances(Filters=filters)["DBInstances"][0]


def changed(world: World, made: Made, **inputs: Any) -> Made:
    """Change an instance in place, as the engine does: None takes an input away."""
    driver = world.driver(TYPE)
    given = {name: value for name, value in {**bare(made.inputs), **inputs}.items() if value is not None}
    checked, failures = driver.check(TYPE, made.name, given, made.inputs)
    assert failures == {}
    assert list(driver.diff(made, checked).replaces) == []
    return driver.update(made, checked)


def refused(world: World, **inputs: Any) -> dict[str, str]:
    """Return what the check says of an instance's inputs."""
    return world.driver(TYPE).check(TYPE, world.name(), inputs)[1]


def elsewhere(world: World, made: Made, **inputs: Any) -> Made:
    """Return a replica of an instance in another region, under a key of that region."""
    key = world.make("aws.kms.Key", region=ELSEWHERE).outputs["arn"]
    source = {"replicateSourceDb": made.outputs["arn"], "region": ELSEWHERE, "kmsKeyId": key}
    return world.make(TYPE, **{**REPLICA, **source, **inputs})


def test_the_id_is_awss_own_and_the_name_may_change(world: World) -> None:
    """An instance that gets another name stays the same one."""
    made = primary(world)
    name = world.name()
    renamed = changed(world, made, identifier=name)
    assert made.id == made.outputs["resourceId"] == renamed.outputs["resourceId"]
    assert renamed.outputs["identifier"] == name
    assert renamed.outputs["endpoint"] == f"{renamed.outputs['address']}:5432"
    assert len({made.id, primary(world).id}) == len("ab")


@pytest.mark.parametrize("by", ["identifier", "arn"])
def test_a_replica_in_the_region_is_an_instance_of_its_own(world: World, by: str) -> None:
    """It has its source's data, key, subnets and parameters, and neither its backups nor its protection nor its tags."""
    source = primary(world, deletionProtection=True)
    replica = world.make(TYPE, replicateSourceDb=source.outputs[by], tags={"role": "reader"}, **REPLICA)
    answer, outputs = there(world, replica), bare(replica.outputs)
    assert replica.id != source.id
    assert answer["ReadReplicaSourceDBInstanceIdentifier"] == source.outputs["identifier"]
    assert {name: outputs[name] for name in ("engine", "username", "dbName", "dbSubnetGroupName", "parameterGroupName", "kmsKeyId")} == {
        name: bare(source.outputs)[name] for name in ("engine", "username", "dbName", "dbSubnetGroupName", "parameterGroupName", "kmsKeyId")
    }
    assert (answer["BackupRetentionPeriod"], answer["DeletionProtection"], answer["MultiAZ"]) == (0, False, False)
    assert outputs["tags"] == {"role": "reader"}
    assert there(world, source)["ReadReplicaDBInstanceIdentifiers"] == [outputs["identifier"]]


def test_a_replica_in_another_region_is_promoted_in_place(world: World) -> None:
    """It keeps its id, gets backups, and can then be changed like any other; what AWS knew of it already is no change."""
    source = primary(world)
    replica = elsewhere(world, source)
    assert there(world, replica, ELSEWHERE)["ReadReplicaSourceDBInstanceIdentifier"] == source.outputs["arn"]
    promoted = changed(
        world,
        replica,
        replicateSourceDb=None,
        engine="postgres",
        username="switchyard",
        dbName="app",
        password=PASSWORDS[1],
        backupRetentionPeriod=14,
        multiAz=True,
        deletionProtection=True,
    )
    answer = there(world, promoted, ELSEWHERE)
    assert promoted.id == replica.id
    assert "ReadReplicaSourceDBInstanceIdentifier" not in answer
    assert (answer["BackupRetentionPeriod"], answer["MultiAZ"], answer["DeletionProtection"]) == (14, True, True)
    assert there(world, source)["ReadReplicaDBInstanceIdentifiers"] == []
    assert "replicateSourceDb" not in bare(promoted.outputs)


def test_a_replica_has_replicas_of_its_own_once_it_is_promoted(world: World) -> None:
    """The recovery region serves readers too: AWS replicates what has backups."""
    promoted = changed(world, elsewhere(world, primary(world)), replicateSourceDb=None, backupRetentionPeriod=7)
    reader = world.make(TYPE, replicateSourceDb=promoted.outputs["identifier"], region=ELSEWHERE, **REPLICA)
    assert there(world, promoted, ELSEWHERE)["ReadReplicaDBInstanceIdentifiers"] == [reader.outputs["identifier"]]


def test_a_replica_lives_on_without_its_source(world: World) -> None:
    """One in the region stands alone then; one elsewhere can still be deleted."""
    source = primary(world)
    near, far = world.make(TYPE, replicateSourceDb=source.outputs["identifier"], **REPLICA), elsewhere(world, source)
    world.driver(TYPE).delete(source)
    assert "ReadReplicaSourceDBInstanceIdentifier" not in there(world, near)
    world.driver(TYPE).delete(far)
    assert world.driver(TYPE).read(far)[0] == ""


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"backupRetentionPeriod": 0}, "Automated backups"),
        ({"password": None, "manageMasterUserPassword": True}, "ManageMasterUserPassword"),
    ],
)
def test_what_aws_does_not_replicate_is_refused(world: World, inputs: Properties, told: str) -> None:
    """An instance without backups, and one whose password RDS manages."""
    source = primary(world, **inputs)
    with pytest.raises(Exception, match=told):
        world.make(TYPE, replicateSourceDb=source.outputs["identifier"], **REPLICA)


def test_a_replica_elsewhere_needs_a_key_of_its_region(world: World) -> None:
    """Keys do not leave their region: neither none nor the source's will do."""
    source = primary(world)
    with pytest.raises(Exception, match="KMS key"):
        elsewhere(world, source, kmsKeyId=None)
    with pytest.raises(Exception, match="KMS key"):
        elsewhere(world, source, kmsKeyId=source.outputs["kmsKeyId"])


@pytest.mark.parametrize("by", ["identifier", "arn"])
def test_a_replica_says_that_it_is_encrypted(world: World, by: str) -> None:
    """AWS would not mind; the official provider would replace it with each update."""
    source = primary(world)
    with pytest.raises(Exception, match="storageEncrypted"):
        world.make(TYPE, **{**REPLICA, "storageEncrypted": None, "replicateSourceDb": source.outputs[by]})


def test_a_replica_gets_no_other_source(world: World) -> None:
    """AWS only ends a replication."""
    replica = world.make(TYPE, replicateSourceDb=primary(world).outputs["identifier"], **REPLICA)
    with pytest.raises(Exception, match="AWS only ends a replication"):
        changed(world, replica, replicateSourceDb="another")


def test_a_snapshot_is_restored_with_another_class_and_password(world: World) -> None:
    """What the restore does not take is changed right after it; protection and parameters are not in a snapshot."""
    source = primary(world, deletionProtection=True)
    snapshot = world.name()
    world.client("rds").create_db_snapshot(DBInstanceIdentifier=source.outputs["identifier"], DBSnapshotIdentifier=snapshot)
    inputs = {"instanceClass": "db.m7g.xlarge", "password": PASSWORDS[1], "backupRetentionPeriod": 3, "monitoringInterval": 0}
    restored = world.make(TYPE, snapshotIdentifier=snapshot, skipFinalSnapshot=True, **inputs)
    answer = there(world, restored)
    assert restored.id != source.id
    assert (answer["DBInstanceClass"], answer["BackupRetentionPeriod"]) == ("db.m7g.xlarge", 3)
    assert (answer["DBName"], answer["MasterUsername"], answer["AllocatedStorage"]) == ("app", "switchyard", 100)
    assert (answer["DeletionProtection"], answer["StorageEncrypted"]) == (False, True)
    assert restored.outputs["parameterGroupName"] == "default.postgres17"


@pytest.mark.parametrize("by", ["identifier", "resourceId"])
def test_an_instance_is_restored_to_a_point_in_time(world: World, by: str) -> None:
    """Beside the one whose data it has, as of the latest time."""
    source = primary(world)
    name = {"identifier": "sourceDbInstanceIdentifier", "resourceId": "sourceDbiResourceId"}[by]
    asked = {name: source.outputs[by], "useLatestRestorableTime": True}
    restored = world.make(TYPE, restoreToPointInTime=asked, instanceClass="db.m7g.large", multiAz=True, skipFinalSnapshot=True)
    answer = there(world, restored)
    assert restored.id != source.id
    assert (answer["DBName"], answer["MultiAZ"], answer["Engine"]) == ("app", True, "postgres")
    assert answer["KmsKeyId"] == source.outputs["kmsKeyId"]


def test_backups_of_another_region_are_restored_without_the_instance_itself(world: World) -> None:
    """They hold the data under a key of their own region; there, subnets are another network's."""
    inputs = replication(world)
    kept = world.make("aws.rds.InstanceAutomatedBackupsReplication", **inputs)
    asked = {"sourceDbInstanceAutomatedBackupsArn": kept.id, "useLatestRestorableTime": True}
    restored = world.make(TYPE, restoreToPointInTime=asked, instanceClass="db.m7g.large", region=ELSEWHERE, skipFinalSnapshot=True)
    answer = there(world, restored, ELSEWHERE)
    assert (answer["DBName"], answer["KmsKeyId"]) == ("app", inputs["kmsKeyId"])
    assert "DBSubnetGroup" not in answer


@pytest.mark.parametrize(("inputs", "told"), [({"kmsKeyId": None}, "KMS key"), ({"region": REGION}, "another AWS Region")])
def test_backups_that_another_region_cannot_keep_are_refused(world: World, inputs: Properties, told: str) -> None:
    """Without a key of that region, and in the instance's own."""
    given = {name: value for name, value in {**replication(world), **inputs}.items() if value}
    with pytest.raises(Exception, match=told):
        world.make("aws.rds.InstanceAutomatedBackupsReplication", **given)


def test_a_last_snapshot_stays_unless_the_program_says_otherwise(world: World) -> None:
    """AWS deletes nothing without a word on that."""
    made = primary(world, skipFinalSnapshot=None)
    with pytest.raises(Exception, match="finalSnapshotIdentifier is required"):
        world.driver(TYPE).delete(made)
    snapshot = world.name()
    world.driver(TYPE).delete(changed(world, made, finalSnapshotIdentifier=snapshot))
    assert world.client("rds").describe_db_snapshots(DBSnapshotIdentifier=snapshot)["DBSnapshots"]


def test_the_emulator_is_told_of_monitoring_as_a_whole(world: World) -> None:
    """AWS wants interval and role together; storage that grows no more is as large as it is."""
    with pytest.raises(Exception, match="MonitoringRoleARN"):
        primary(world, monitoringRoleArn=None)
    made = changed(world, primary(world), monitoringInterval=0, maxAllocatedStorage=None)
    answer = there(world, made)
    assert answer["MonitoringInterval"] == 0
    assert "MaxAllocatedStorage" not in answer


def test_a_protected_instance_is_not_deleted(world: World) -> None:
    """Until the protection is taken away."""
    made = primary(world, deletionProtection=True)
    with pytest.raises(Exception, match="disable deletion protection"):
        world.driver(TYPE).delete(made)


def test_a_new_major_version_wants_permission_and_parameters_of_its_own(world: World) -> None:
    """AWS upgrades across major versions only when told so, and with a parameter group of the new family."""
    made = primary(world)
    with pytest.raises(Exception, match="AllowMajorVersionUpgrade"):
        changed(world, made, engineVersion="18.1")
    with pytest.raises(Exception, match="postgres18"):
        changed(world, made, engineVersion="18.1", allowMajorVersionUpgrade=True)
    group = world.id("aws.rds.ParameterGroup", family="postgres18")
    upgraded = changed(world, made, engineVersion="18.1", allowMajorVersionUpgrade=True, parameterGroupName=group)
    assert upgraded.outputs["engineVersionActual"] == "18.1"


def test_groups_in_use_are_not_deleted(world: World) -> None:
    """Neither the subnets nor the parameters of an instance."""
    made = primary(world)
    with pytest.raises(Exception, match="still using it"):
        world.client("rds").delete_db_subnet_group(DBSubnetGroupName=made.outputs["dbSubnetGroupName"])
    with pytest.raises(Exception, match="still members"):
        world.client("rds").delete_db_parameter_group(DBParameterGroupName=made.outputs["parameterGroupName"])


NEW: Properties = {"engine": "postgres", "instanceClass": "db.m7g.large", "allocatedStorage": 100, "username": "switchyard"}


@pytest.mark.parametrize(
    ("inputs", "property_"),
    [
        ({"maxAllocatedStorage": 105}, "maxAllocatedStorage"),
        ({"storageType": "gp3", "iops": 6000}, "iops"),
        ({"monitoringInterval": 61}, "monitoringInterval"),
        ({"backupRetentionPeriod": 36}, "backupRetentionPeriod"),
        ({"identifier": "Database"}, "identifier"),
        ({"identifier": "a--b"}, "identifier"),
        ({"password": "p/ssword"}, "password"),
        ({"databaseInsightsMode": "advanced", "performanceInsightsRetentionPeriod": 7}, "databaseInsightsMode"),
        ({"replicateSourceDb": "database"}, "replicateSourceDb"),
        ({"dbName": "my-app"}, "dbName"),
    ],
)
def test_an_instance_that_aws_refuses_is_refused(world: World, inputs: Properties, property_: str) -> None:
    """Before anything is made, by the name of the property."""
    assert property_ in refused(world, **NEW, **inputs)


def test_a_replica_by_name_is_given_no_subnets(world: World) -> None:
    """It has its source's; with an ARN it may have others."""
    given = {"instanceClass": "db.m7g.large", "dbSubnetGroupName": "data"}
    assert "dbSubnetGroupName" in refused(world, replicateSourceDb="database", **given)
    assert refused(world, replicateSourceDb="arn:aws:rds:eu-west-1:123456789012:db:database", **given) == {}


def test_an_instance_that_begins_with_nothing_needs_a_user(world: World) -> None:
    """AWS names what is missing; a preview cannot, since a promoted replica needs none of it."""
    with pytest.raises(Exception, match="needs allocatedStorage, engine, username, password"):
        world.make(TYPE, instanceClass="db.m7g.large")
