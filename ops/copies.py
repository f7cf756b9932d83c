"""What AWS says of copies: how far a replica lags, how old the newest backup in a vault is, and when one was last restored for a test."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from ops.aws_errors import aws_error
from ops.database.instances import described, lag_seconds
from ops.deployment import Deployment
from ops.desired import answer

NO_ANSWER = (BotoCoreError, ClientError)
NOT_THERE = {"404", "NoSuchKey", "NotFound"}


@dataclass(frozen=True)
class Copy:
    """A copy, or the way to one, and what of the last writes it lacks; None where AWS does not say."""

    told: str
    age: timedelta | None
    there: bool = True
    """Whether there is one; False where AWS says that there is none."""


@dataclass(frozen=True)
class Source:
    """What is copied."""

    kind: str
    """Its kind, by AWS Backup's names: `RDS`, `S3`."""
    region: str
    name: str
    arn: str


def asked(region: str, ask: Callable[[], Copy]) -> Copy:
    """What AWS answers; in a disaster a region that does not answer is an answer too."""
    try:
        return ask()
    except NO_ANSWER as error:
        told = aws_error(error)
        return Copy(f"{region}: {told.message if told else error}", None)


def replica(deployment: Deployment, region: str, identifier: str) -> Copy:
    """A replica, and how far it lags."""
    lag = lag_seconds(deployment, identifier, region=region)
    told = f"replica {identifier} in {region}"
    return Copy(f"{told} tells no lag", None) if lag is None else Copy(told, timedelta(seconds=lag))


def restorable(deployment: Deployment, source: Source) -> Copy:
    """The database's own backups, to any second up to the latest that AWS names."""
    latest = described(deployment, source.name, source.region).latest
    return Copy(f"its own backups in {source.region}", datetime.now(UTC) - latest if latest else None)


def replicas_in(deployment: Deployment, source: Source, other: str) -> list[str]:
    """The identifiers of the replicas that a database has in another region."""
    arns = [name.split(":") for name in described(deployment, source.name, source.region).followers if name.startswith("arn:")]
    return [arn[-1] for arn in arns if arn[3] == other]


def backup(deployment: Deployment, vault: str, region: str, source: Source) -> Copy:
    """The newest backup in a vault."""
    pages = deployment.target.client("backup", region).get_paginator("list_recovery_points_by_backup_vault")
    points = [point for page in pages.paginate(BackupVaultName=vault, ByResourceArn=source.arn) for point in page["RecoveryPoints"]]
    newest = _newest(point["CreationDate"] for point in points if point["Status"] == "COMPLETED")
    if newest is None:
        return Copy(f"no backup in {region}", None, there=False)
    return Copy(f"backup in {region}", datetime.now(UTC) - newest)


def release(deployment: Deployment, bucket: str, key: str) -> Copy:
    """A release of the site in the stack's own bucket, by the manifest that is written last."""
    if _written(deployment.target.client("s3"), bucket, key):
        return Copy(f"{key} in {bucket}", timedelta())
    return Copy(f"{bucket} has no {key}: release it there too", None, there=False)


def copied_release(deployment: Deployment, bucket: str, key: str, region: str) -> Copy:
    """The same in the bucket's copy; while it is missing there, what was written since it was uploaded is."""
    s3 = deployment.target.client("s3")
    made = _written(s3, bucket, key)
    if made is None:
        return Copy(f"{bucket} has no {key}", None, there=False)
    rules = s3.get_bucket_replication(Bucket=bucket)["ReplicationConfiguration"]["Rules"]
    copy = next(rule["Destination"]["Bucket"].rpartition(":")[2] for rule in rules if rule["Status"] == "Enabled")
    if _written(deployment.target.client("s3", region), copy, key):
        return Copy(f"{key} in {copy}", timedelta())
    return Copy(f"{key} is not in {copy} yet", datetime.now(UTC) - made)


def _written(s3: Any, bucket: str, key: str) -> datetime | None:
    """When an object was written; None where there is none."""
    found = answer(lambda: s3.head_object(Bucket=bucket, Key=key), NOT_THERE)
    return found.get("LastModified")


def last_proven(deployment: Deployment, source: Source) -> datetime | None:
    """When AWS Backup's tests last restored a backup to its end; None where they have not, or where AWS does not say."""
    try:
        pages = deployment.target.client("backup", source.region).get_paginator("list_restore_jobs")
        jobs = [job for page in pages.paginate(ByStatus="COMPLETED", ByResourceType=source.kind) for job in page["RestoreJobs"]]
    except NO_ANSWER:
        return None
    tests = [
        job for job in jobs if job.get("SourceResourceArn") == source.arn and (job.get("CreatedBy") or {}).get("RestoreTestingPlanArn")
    ]
    return _newest(job["CompletionDate"] for job in tests)


def _newest(times: Iterable[datetime]) -> datetime | None:
    return max(times, default=None)
