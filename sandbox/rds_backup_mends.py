"""RDS's backups in the emulator: kept in another region as well, and instances that begin with them."""

from collections.abc import Mapping
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import InvalidParameterCombination, RDSClientError
from moto.rds.models import DBInstance, RDSBackend
from moto.rds.responses import RDSResponse

Given = Mapping[str, Any]
"""Parameters of an operation, by boto3's names in snake case."""

INHERITED = (
    *("engine", "engine_version", "db_instance_class", "license_model", "master_username", "db_name", "port"),
    *("allocated_storage", "storage_type", "storage_throughput", "iops", "storage_encrypted", "preferred_backup_window"),
)
"""What an instance has from the one whose data it begins with, unless it is told otherwise."""

RETENTION_DAYS = 7
"""Of replicated backups, when nobody says how long."""

_described = RDSResponse.describe_db_instance_automated_backups


def mend() -> None:
    """Put the functions below in the place of the emulator's, or beside them where it has none."""
    setattr(RDSBackend, "restore_db_instance_from_db_snapshot", _restore)  # noqa: B010 -- mypy takes this one
    setattr(RDSBackend, "restore_db_instance_to_point_in_time", _restore_to_a_time)  # noqa: B010 -- as above
    for name, function in {
        "start_db_instance_automated_backups_replication": _start,
        "stop_db_instance_automated_backups_replication": _stop,
        "describe_db_instance_automated_backups": _describe,
    }.items():
        setattr(RDSResponse, name, function)


def _kept(backend: RDSBackend) -> dict[str, dict[str, Any]]:
    """Backups that a region keeps of other ones' instances, by ARN."""
    kept: dict[str, dict[str, Any]] = vars(backend).setdefault("replicated_backups", {})
    return kept


def _start(response: RDSResponse) -> ActionResult:
    """Keep an instance's backups in this region, too."""
    given, backend = response.params, response.backend
    source = backend.find_db_from_id(given["SourceDBInstanceArn"])
    if source.region == backend.region_name:
        raise RDSClientError("InvalidParameterValue", "The source DB instance must be in another AWS Region.")
    if not source.backup_retention_period:
        raise RDSClientError("InvalidDBInstanceState", "Automated backups are not enabled for this database instance.")
    if source.storage_encrypted and not given.get("KmsKeyId"):
        raise InvalidParameterCombination("Backups of an encrypted DB instance need a KMS key of the AWS Region that keeps them.")
    key = backend._validate_kms_key(given["KmsKeyId"]) if given.get("KmsKeyId") else None  # noqa: SLF001 -- the emulator's own check
    arn = f"arn:aws:rds:{backend.region_name}:{backend.account_id}:auto-backup:ab-{source.dbi_resource_id[3:].lower()}"
    _kept(backend)[arn] = {
        "DBInstanceArn": source.arn,
        "DbiResourceId": source.dbi_resource_id,
        "DBInstanceIdentifier": source.db_instance_identifier,
        "Region": source.region,
        "Status": "replicating",
        "Engine": source.engine,
        "EngineVersion": source.engine_version,
        "Encrypted": source.storage_encrypted,
        "KmsKeyId": key,
        "BackupRetentionPeriod": given.get("BackupRetentionPeriod") or RETENTION_DAYS,
        "DBInstanceAutomatedBackupsArn": arn,
    }
    return ActionResult({"DBInstanceAutomatedBackup": _kept(backend)[arn]})


def _stop(response: RDSResponse) -> ActionResult:
    """Keep them no longer."""
    kept, source = _kept(response.backend), response.params["SourceDBInstanceArn"]
    for arn, backup in list(kept.items()):
        if backup["DBInstanceArn"] == source:
            return ActionResult({"DBInstanceAutomatedBackup": kept.pop(arn)})
    raise RDSClientError("DBInstanceAutomatedBackupNotFound", f"No automated backup of {source} is replicated here.")


def _describe(response: RDSResponse) -> ActionResult:
    """Answer replicated backups by their ARN; the others as before."""
    arn = response.params.get("DBInstanceAutomatedBackupsArn")
    if not arn:
        return _described(response)
    if arn not in _kept(response.backend):
        raise RDSClientError("DBInstanceAutomatedBackupNotFound", f"Automated backup {arn} not found.")
    return ActionResult({"DBInstanceAutomatedBackups": [_kept(response.backend)[arn]]})


def _restore(backend: RDSBackend, from_snapshot_id: str, overrides: Given) -> DBInstance:
    """Make an instance from a snapshot, with a snapshot's encryption and the class that is asked for."""
    snapshot = backend.get_db_snapshot(from_snapshot_id)
    kept = {"backup_retention_period": snapshot.database.backup_retention_period, **subnets(snapshot.database)}
    encryption = {"storage_encrypted": snapshot.encrypted, "kms_key_id": snapshot.kms_key_id}
    return heir(backend, snapshot.database, {**kept, **overrides, **encryption})


def _restore_to_a_time(backend: RDSBackend, source_db_identifier: str | None, target_db_identifier: str, overrides: Given) -> DBInstance:
    """Make an instance as another one was: one that is here, or one whose backups are."""
    source = _source(backend, source_db_identifier, overrides)
    if not source.backup_retention_period:
        raise RDSClientError("PointInTimeRestoreNotEnabled", f"Automated backups are not enabled for {source.db_instance_identifier}.")
    kept = {"backup_retention_period": source.backup_retention_period, **(subnets(source) if source.region == backend.region_name else {})}
    backup = _kept(backend).get(overrides.get("source_db_instance_automated_backups_arn") or "", {"KmsKeyId": source.kms_key_id})
    told = {**kept, **overrides, "kms_key_id": backup["KmsKeyId"], "db_instance_identifier": target_db_identifier}
    return heir(backend, source, {name: value for name, value in told.items() if not name.startswith("source_db")})


def _source(backend: RDSBackend, identifier: str | None, given: Given) -> DBInstance:
    """The instance that a restore is of: by its name, by its resource id, or by the backups of it."""
    arn, id_ = given.get("source_db_instance_automated_backups_arn"), given.get("source_dbi_resource_id")
    if arn:
        if arn not in _kept(backend):
            raise RDSClientError("DBInstanceAutomatedBackupNotFound", f"Automated backup {arn} not found.")
        return backend.find_db_from_id(_kept(backend)[arn]["DBInstanceArn"])
    found = backend.describe_db_instances(identifier, {"dbi-resource-id": [id_]} if id_ else None)
    if not found:
        raise RDSClientError("DBInstanceNotFound", f"DBInstance {id_} not found.")
    return found[0]


def heir(backend: RDSBackend, source: DBInstance, given: Given) -> DBInstance:
    """Make an instance that begins with another one's data."""
    inherited = {name: getattr(source, name) for name in INHERITED}
    hidden = {"master_user_password": vars(source).get("_master_user_password")}
    return backend.create_db_instance({**inherited, **hidden, **{name: value for name, value in given.items() if value is not None}})


def subnets(source: DBInstance) -> dict[str, str | None]:
    """The subnet group of an instance, as a parameter."""
    return {"db_subnet_group_name": vars(source).get("_db_subnet_group_name")}
