"""What AWS says of the database's instances: their state, their backups, how far they are behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from components.database_catalogue import LAG, NAMESPACE
from ops.database.parts import INSTANCE, instance_name
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.landing import resource
from settings_database import Database

AVAILABLE = "available"
LOOK_BACK_MINUTES = 10
"""ReplicaLag is measured once a minute."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """An instance as AWS describes it."""

    identifier: str
    """What AWS calls it."""
    status: str
    source: str | None
    """What it follows."""
    followers: Sequence[str]
    """What follows it."""
    backup_days: int
    address: str
    pending: Mapping[str, Any]
    """What waits for the maintenance window."""
    latest: datetime | None
    """Until when its backups reach."""


@dataclass(frozen=True)
class Snapshot:
    """A snapshot as AWS describes it."""

    id: str
    made: datetime | None
    kind: str
    """`automated`, `manual` or `awsbackup`."""
    status: str


def section(deployment: Deployment) -> Database:
    """`switchyard:database`; BadInputError where there is none."""
    config = deployment.target.file.settings().database
    if config is None:
        told = f"{deployment.target.file.path.name} has no section switchyard:database."
        raise BadInputError(told, "There is no database that the command could be about.")
    return config


def identifier_of(deployment: Deployment, called: str) -> str:
    """The name that AWS knows an instance by, given what `database.use` calls it."""
    return str(resource(deployment, INSTANCE, instance_name(called))["inputs"]["identifier"])


def instance_of(deployment: Deployment, called: str) -> Instance:
    """An instance of the stack, by AWS's word."""
    return described(deployment, identifier_of(deployment, called))


def described(deployment: Deployment, identifier: str, region: str = "") -> Instance:
    """An instance by the name that AWS knows it by, in the stack's region unless another is named."""
    found = deployment.target.client("rds", region).describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]
    return Instance(
        identifier=identifier,
        status=found["DBInstanceStatus"],
        source=found.get("ReadReplicaSourceDBInstanceIdentifier") or None,
        followers=found.get("ReadReplicaDBInstanceIdentifiers") or (),
        backup_days=found.get("BackupRetentionPeriod") or 0,
        address=(found.get("Endpoint") or {}).get("Address", ""),
        pending=found.get("PendingModifiedValues") or {},
        latest=found.get("LatestRestorableTime"),
    )


def identifiers(deployment: Deployment) -> list[str]:
    """All instances that AWS has in the stack's region."""
    return [found["DBInstanceIdentifier"] for found in deployment.target.client("rds").describe_db_instances()["DBInstances"]]


def snapshots_of(deployment: Deployment, identifier: str) -> list[Snapshot]:
    """An instance's snapshots, the latest first: RDS's own, those made by hand, and AWS Backup's, which AWS lists by name alone."""
    pages = deployment.target.client("rds").get_paginator("describe_db_snapshots")
    asked: tuple[Mapping[str, str], ...] = ({}, {"SnapshotType": "awsbackup"})
    found = [each for more in asked for page in pages.paginate(DBInstanceIdentifier=identifier, **more) for each in page["DBSnapshots"]]
    return sorted(map(_snapshot, found), key=lambda each: each.made or datetime.max.replace(tzinfo=UTC), reverse=True)


def _snapshot(told: Mapping[str, Any]) -> Snapshot:
    return Snapshot(told["DBSnapshotIdentifier"], told.get("SnapshotCreateTime"), told["SnapshotType"], told["Status"])


def snapshot_called(deployment: Deployment, name: str) -> Snapshot | None:
    """A snapshot by its id or ARN; of RDS's own and AWS Backup's, AWS wants to know the kind."""
    client, id_ = deployment.target.client("rds"), name.partition(":snapshot:")[2] or name
    kind = {"rds": "automated", "awsbackup": "awsbackup"}.get(id_.partition(":")[0])
    try:
        found = client.describe_db_snapshots(DBSnapshotIdentifier=name, **({"SnapshotType": kind} if kind else {}))["DBSnapshots"]
    except client.exceptions.DBSnapshotNotFoundFault:
        return None
    return next((_snapshot(each) for each in found), None)


def lag_seconds(deployment: Deployment, identifier: str, now: datetime | None = None, region: str = "") -> float | None:
    """How far a replica is behind by CloudWatch's newest figure; None where there is none, or where it does not follow at the moment."""
    until = now or datetime.now(UTC)
    points = deployment.target.client("cloudwatch", region).get_metric_statistics(
        Namespace=NAMESPACE,
        MetricName=LAG.metric,
        Dimensions=[{"Name": "DBInstanceIdentifier", "Value": identifier}],
        StartTime=until - timedelta(minutes=LOOK_BACK_MINUTES),
        EndTime=until,
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    newest = max(points, key=lambda point: point["Timestamp"], default=None)
    return float(newest["Maximum"]) if newest and newest["Maximum"] >= 0 else None
