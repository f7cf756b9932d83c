"""What is irregular about a database instance: four ways to begin, a promotion, two names, and an end that may leave a snapshot."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.provider.account import complete, model_of
from sandbox.provider.database_words import CHANGED, IRREGULAR, MADE, MONITORING, STEERING, WORDS
from sandbox.provider.errors import ProviderError
from sandbox.provider.row import Facts

RESOURCE_ID = re.compile(r"db-[A-Z0-9]{20,}")
"""AWS's own id of an instance; the name that the program gives is in lower case."""

NEW = ("allocatedStorage", "engine", "username")
"""What AWS wants to know of an instance that begins with nothing."""

WAYS = {
    "replicateSourceDb": "create_db_instance_read_replica",
    "snapshotIdentifier": "restore_db_instance_from_db_snapshot",
    "restoreToPointInTime": "restore_db_instance_to_point_in_time",
}
"""How an instance begins by what it begins with; any other one is created."""


def make(client: Any, facts: Facts) -> Any:
    """Make an instance. What the operation does not take of the inputs is changed right after it, as the official provider does."""
    operation = next((way for name, way in WAYS.items() if facts.get(name)), "create_db_instance")
    if operation == "create_db_instance":
        _refuse_bare(facts)
    given = {name: facts[name] for name in MADE if facts.get(name) is not None}
    asked = {**_parameters(client, operation, given), **_to_a_time(facts), "Tags": _tags(facts)}
    made = getattr(client, operation)(**asked)["DBInstance"]
    later = _parameters(client, "modify_db_instance", {name: given[name] for name in CHANGED if name in given})
    left = {name: value for name, value in later.items() if name not in asked}
    if left and operation != "create_db_instance":
        client.modify_db_instance(**{"ApplyImmediately": True, **left, "DBInstanceIdentifier": made["DBInstanceIdentifier"]})
    return made


def says_encryption(client: Any, facts: Facts) -> None:
    """Refuse a replica that is encrypted as its source is, and does not say so.

    AWS makes it, and then the official provider, to which no word on encryption means none, replaces it with each update.
    """
    source = facts.get("replicateSourceDb") or ""
    if not source or facts.get("storageEncrypted"):
        return
    home = facts["clients"]("rds", region=source.split(":")[3]) if source.startswith("arn:") else client
    if home.describe_db_instances(DBInstanceIdentifier=source.rpartition(":")[2])["DBInstances"][0].get("StorageEncrypted"):
        raise ProviderError(f"storageEncrypted: {source} is encrypted, and so is its replica: say so, or each update replaces it")


def _refuse_bare(facts: Facts) -> None:
    missing = [name for name in NEW if facts.get(name) is None]
    if not facts.get("password") and not facts.get("manageMasterUserPassword"):
        missing.append("password or manageMasterUserPassword")
    if missing:
        raise ProviderError(f"an instance that begins with nothing (no {', '.join(WAYS)}) needs {', '.join(missing)}")


def _parameters(client: Any, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
    return WORDS.parameters(given, model_of(client, operation).input_shape)


def _to_a_time(facts: Facts) -> dict[str, Any]:
    """Say of which instance, and as of when."""
    asked = facts.get("restoreToPointInTime") or {}
    names = {
        "restoreTime": "RestoreTime",
        "sourceDbInstanceIdentifier": "SourceDBInstanceIdentifier",
        "sourceDbInstanceAutomatedBackupsArn": "SourceDBInstanceAutomatedBackupsArn",
        "sourceDbiResourceId": "SourceDbiResourceId",
        "useLatestRestorableTime": "UseLatestRestorableTime",
    }
    told = {names[name]: value for name, value in asked.items() if value}
    return {**told, "TargetDBInstanceIdentifier": facts["identifier"]} if told else {}


def _tags(facts: Facts) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in (facts.get("tagsAll") or {}).items()]


def promote(client: Any, facts: Facts) -> None:
    """Let a replica stand alone, when the program names no source any more. AWS gives it no other source."""
    old, new = facts["old"].get("replicateSourceDb"), facts.get("replicateSourceDb")
    if new:
        raise ProviderError(f"replicateSourceDb: {old or 'no source'} cannot become {new}: AWS only ends a replication, by promoting")
    told = _parameters(
        client, "promote_read_replica", {name: facts[name] for name in ("backupRetentionPeriod", "backupWindow") if facts.get(name)}
    )
    client.promote_read_replica(**told, DBInstanceIdentifier=facts["old"]["identifier"])


def change(client: Any, facts: Facts) -> None:
    """Change what differs of what the program says: a replica, for one, takes no password, not even its own."""
    old = facts["old"]
    given = {name: facts[name] for name in CHANGED if _is_new(facts.get(name), old.get(name))}
    given |= {name: False for name in CHANGED if old.get(name) is True and facts.get(name) is None}
    if given.keys() & set(MONITORING):
        given |= {name: facts[name] for name in MONITORING if facts.get(name) is not None}
    if old.get("maxAllocatedStorage") and not facts.get("maxAllocatedStorage"):
        given["maxAllocatedStorage"] = facts["allocatedStorage"]  # as AWS is told that storage grows no more
    asked = {
        **_parameters(client, "modify_db_instance", {name: value for name, value in given.items() if name not in IRREGULAR}),
        **{IRREGULAR[name]: value for name, value in given.items() if name in IRREGULAR},
        **_exports(set(old.get("enabledCloudwatchLogsExports") or ()), set(facts.get("enabledCloudwatchLogsExports") or ())),
    }
    if asked:
        client.modify_db_instance(**asked, **_steering(facts), DBInstanceIdentifier=old["identifier"])


def _is_new(value: Any, old: Any) -> bool:
    """Whether there is something to tell; what is off and was never spoken of is not."""
    return value is not None and value != old and (bool(value) or old is not None)


def _steering(facts: Facts) -> dict[str, bool]:
    return {name[0].upper() + name[1:]: bool(facts[name]) for name in STEERING if facts.get(name) is not None}


def _exports(old: set[str], new: set[str]) -> dict[str, Any]:
    """Say which logs are exported from now on, and which no longer."""
    told = {"EnableLogTypes": sorted(new - old), "DisableLogTypes": sorted(old - new)}
    return {"CloudwatchLogsExportConfiguration": {name: kinds for name, kinds in told.items() if kinds}} if old != new else {}


def find(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return an instance by AWS's id of it, or by its name (an import), with what AWS keeps deeper at its top."""
    id_ = facts["id"]
    by = {"Filters": [{"Name": "dbi-resource-id", "Values": [id_]}]} if RESOURCE_ID.fullmatch(id_) else {"DBInstanceIdentifier": id_}
    found = next(iter(client.describe_db_instances(**by)["DBInstances"]), None)
    if not found:
        return None
    shape = model_of(client, "describe_db_instances").output_shape.members["DBInstances"].member
    at, groups = found["Endpoint"], found["DBParameterGroups"]
    return {
        **complete(found, shape),
        "address": at["Address"],
        "port": at["Port"],
        "endpoint": f"{at['Address']}:{at['Port']}",
        "dbSubnetGroupName": found.get("DBSubnetGroup", {}).get("DBSubnetGroupName"),
        "parameterGroupName": groups[0]["DBParameterGroupName"] if groups else None,
        "optionGroupName": next((group["OptionGroupName"] for group in found.get("OptionGroupMemberships", ())), None),
        "vpcSecurityGroupIds": [group["VpcSecurityGroupId"] for group in found["VpcSecurityGroups"]],
        "replicateSourceDb": found.get("ReadReplicaSourceDBInstanceIdentifier"),
        "manageMasterUserPassword": bool(found.get("MasterUserSecret")),
        "engineVersionActual": found["EngineVersion"],
        **_as_given(facts, found),
    }


def _as_given(facts: Facts, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what AWS answers in another form than it was asked in: a version that says less, and days in lower case."""
    version, window = facts.get("engineVersion"), facts.get("maintenanceWindow")
    exact, there = found["EngineVersion"], found["PreferredMaintenanceWindow"]
    return {
        "engineVersion": version if version and exact.startswith(f"{version}.") else exact,
        "PreferredMaintenanceWindow": window if window and window.lower() == there else there,
    }


def end(client: Any, facts: Facts) -> None:
    """Delete an instance; unless the program says otherwise, a last snapshot stays."""
    skips, last = facts.get("skipFinalSnapshot"), facts.get("finalSnapshotIdentifier")
    if not skips and not last:
        raise ProviderError("finalSnapshotIdentifier is required when skipFinalSnapshot is false")
    snapshot = {"SkipFinalSnapshot": True} if skips else {"SkipFinalSnapshot": False, "FinalDBSnapshotIdentifier": last}
    backups = facts.get("deleteAutomatedBackups")
    client.delete_db_instance(
        DBInstanceIdentifier=facts["identifier"], DeleteAutomatedBackups=True if backups is None else backups, **snapshot
    )
