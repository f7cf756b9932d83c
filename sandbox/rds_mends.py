"""RDS in the emulator, mended in its process: instances that begin with another one's data, and what AWS refuses of databases.

The emulator gives every instance the same resource id, forgets half of what it is told, makes a replica by copying the object of its source
(protection, backups and tags included), and keeps its source after a promotion. Groups may be deleted under a running instance, after
which it answers nothing at all, and a changed subnet group is gone.
"""

import secrets
import string
from collections.abc import Callable, Mapping
from typing import Any

from moto.rds.exceptions import InvalidParameterCombination, InvalidParameterValue, RDSClientError
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend

from sandbox import rds_backup_mends, rds_group_mends, rds_proxy_mends
from sandbox.rds_backup_mends import Given, heir, subnets

RESOURCE_ID_LENGTH = 26
"""Letters and digits after `db-`."""

RENAMED = {"enable_performance_insights": "performance_insights_enabled", "db_port_number": "port"}
"""Parameters that an answer calls otherwise."""

TOLD = (
    *("enable_performance_insights", "performance_insights_kms_key_id", "performance_insights_retention_period", "database_insights_mode"),
    *("network_type", "engine_lifecycle_support", "dedicated_log_volume"),
)
"""Parameters of a creation that the emulator forgets."""

PLANTED = "switchyard_planted"
"""The mark of an instance that stands for one of a stack that is not up here; that stack takes its place."""

_made, _updated, _modified, _deleted = DBInstance.__init__, DBInstance.update, RDSBackend.modify_db_instance, RDSBackend.delete_db_instance
_created = RDSBackend.create_db_instance


def mend() -> None:
    """Put the functions below in the place of the emulator's."""
    mended: Mapping[type, Mapping[str, Callable[..., Any]]] = {
        DBInstance: {"__init__": _make, "update": _update, "remove_replica": _remove_replica},
        RDSBackend: {
            "create_db_instance": _create,
            "create_db_instance_read_replica": _replicate,
            "promote_read_replica": _promote,
            "modify_db_instance": _modify,
            "delete_db_instance": _delete,
        },
    }
    for owner, functions in mended.items():
        for name, function in functions.items():
            setattr(owner, name, function)
    for part in (rds_group_mends, rds_proxy_mends, rds_backup_mends):
        part.mend()


def _make(instance: DBInstance, *args: Any, **given: Any) -> None:
    """Make an instance with a resource id of its own, and with all that was said of it."""
    _made(instance, *args, **given)
    instance.dbi_resource_id = f"db-{''.join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(RESOURCE_ID_LENGTH))}"
    for name in TOLD:
        setattr(instance, RENAMED.get(name, name), given.get(name))
    _refuse_family(instance, instance.db_parameter_group_name, instance.engine_version)


def _create(backend: RDSBackend, db_kwargs: Any) -> DBInstance:
    """Make an instance; one that was planted under the name makes way, and leaves what follows it."""
    name = db_kwargs.get("db_instance_identifier")
    planted = backend.databases.get(name)
    if planted is None or not vars(planted).get(PLANTED):
        return _created(backend, db_kwargs)
    del backend.databases[name]
    for snapshot in backend.describe_db_snapshots(name):
        del backend.database_snapshots[snapshot.db_snapshot_identifier]
    made = _created(backend, db_kwargs)
    made.replicas = planted.replicas
    return made


def _update(instance: DBInstance, **given: Any) -> None:
    _updated(instance, **{RENAMED.get(name, name): value for name, value in given.items()})


def _remove_replica(instance: DBInstance, replica: DBInstance) -> None:
    """Forget a replica: the emulator does not find one of another region."""
    instance.replicas = [name for name in instance.replicas if name not in (replica.db_instance_identifier, replica.arn)]


def _replicate(backend: RDSBackend, given: Given) -> DBInstance:
    """Make a replica: an instance of its own, with neither its source's backups, protection and tags nor, in another region, its groups."""
    source = backend.find_db_from_id(given["source_db_instance_identifier"])
    near = source.region == backend.region_name
    _refuse_replica(backend, source, given)
    groups = {"db_parameter_group_name": source.db_parameter_group_name, **subnets(source), "kms_key_id": source.kms_key_id} if near else {}
    replica = heir(backend, source, {"backup_retention_period": 0, **groups, **given})
    replica.set_as_replica()
    replica.source_db_instance_identifier = source.db_instance_identifier if near else source.arn
    source.add_replica(replica)
    return replica


def _promote(backend: RDSBackend, given: Given) -> DBInstance:
    """Make a replica an instance that stands alone, with backups."""
    instance = backend.describe_db_instances(given["db_instance_identifier"])[0]
    if not instance.is_replica:
        raise RDSClientError("InvalidDBInstanceState", f"DB instance {instance.db_instance_identifier} is not a read replica")
    _release(backend, instance)
    instance.backup_retention_period = given.get("backup_retention_period") or 1
    instance.preferred_backup_window = given.get("preferred_backup_window") or instance.preferred_backup_window
    return instance


def _release(backend: RDSBackend, instance: DBInstance) -> None:
    """End a replica's replication; its source may be gone."""
    source = _source(backend, instance)
    if source:
        source.remove_replica(instance)
    instance.is_replica, instance.source_db_instance_identifier = False, None


def _source(backend: RDSBackend, instance: DBInstance) -> DBInstance | None:
    name = instance.source_db_instance_identifier or ""
    region = name.split(":")[3] if name.startswith("arn:") else backend.region_name
    return backend.get_backend("rds", region).databases.get(name.rpartition(":")[2])


def _modify(backend: RDSBackend, db_instance_identifier: str, db_kwargs: Any) -> DBInstance:
    """Change an instance, if AWS would."""
    instance = backend.describe_db_instances(db_instance_identifier)[0]
    if instance.is_replica and db_kwargs.get("master_user_password"):
        raise InvalidParameterCombination(
            f"Cannot change master user password on an RDS {instance.engine} Read Replica because it uses physical replication and "
            "therefore cannot differ from its parent."
        )
    version = db_kwargs.get("engine_version") or instance.engine_version
    if _major(version) != _major(instance.engine_version) and not db_kwargs.get("allow_major_version_upgrade"):
        raise InvalidParameterCombination("The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.")
    _refuse_family(instance, db_kwargs.get("db_parameter_group_name") or instance.db_parameter_group_name, version)
    return _modified(backend, db_instance_identifier, db_kwargs)


def _delete(backend: RDSBackend, db_instance_identifier: str, *args: Any, **given: Any) -> DBInstance:
    """Delete an instance: its replicas live on alone, and one whose source is gone can be deleted."""
    instance = backend.describe_db_instances(db_instance_identifier)[0]
    if instance.is_replica and not _source(backend, instance):
        instance.is_replica = False
    deleted = _deleted(backend, db_instance_identifier, *args, **given)
    for replica in [backend.databases[name] for name in instance.replicas if name in backend.databases]:
        _release(backend, replica)
    return deleted


def _refuse_replica(backend: RDSBackend, source: DBInstance, given: Given) -> None:
    """Refuse what AWS does not replicate."""
    if not source.backup_retention_period:
        raise RDSClientError("InvalidDBInstanceState", "Automated backups are not enabled for this database instance.")
    if source.manage_master_user_password:
        raise InvalidParameterValue(
            f"Creating read replicas for source instance with engine {source.engine} where ManageMasterUserPassword is enabled "
            "is not supported."
        )
    key = given.get("kms_key_id")
    if source.storage_encrypted and source.region != backend.region_name and not key:
        raise InvalidParameterCombination("A replica of an encrypted DB instance in another AWS Region needs a KMS key of its own region.")
    if key:
        backend._validate_kms_key(key)  # noqa: SLF001 -- the emulator's own check, which it makes of snapshots alone


def _refuse_family(instance: DBInstance, name: str | None, version: str) -> None:
    """Refuse a parameter group of another major version of PostgreSQL."""
    group: DBParameterGroup | None = instance.backend.db_parameter_groups.get(name or "")
    wanted = f"postgres{_major(version)}"
    if group and instance.engine == "postgres" and group.family != wanted:
        raise InvalidParameterCombination(
            f"The parameter group {name} with DBParameterGroupFamily {group.family} cannot be used for this instance. "
            f"Please use a Parameter Group with DBParameterGroupFamily {wanted}"
        )


def _major(version: str) -> str:
    return str(version).partition(".")[0]
