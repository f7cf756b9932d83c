"""ElastiCache: operations on replication groups. The emulator's own have one member and lose most of what they are told.

Changes come at once, whether they should wait for the maintenance window or not.
"""

from typing import Any

from sandbox.added import Operation, Params, Record, RefusalError, found
from sandbox.added.cache_groups import arn_of, parameter_group, tag, zones
from sandbox.added.cache_users import user_group
from sandbox.added.replication_group import LATEST, Group

MOST_NODES = 6
"""A primary and five replicas: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html"""

STEERING = {"Tags", "ApplyImmediately", "AuthTokenUpdateStrategy", "NumNodeGroups", "ReplicasPerNodeGroup"}
"""Parameters that are no settings of the group."""


def _group(backend: Any, id_: str | None) -> Group:
    group: Group = found(backend.replication_groups, id_, "ReplicationGroupNotFoundFault", "ReplicationGroup")
    return group


def _check(backend: Any, settings: Record) -> None:
    """Refuse what AWS would, of a new group and of a changed one."""
    nodes, failover = settings["NumCacheClusters"], settings.get("AutomaticFailoverEnabled")
    if not 1 <= nodes <= MOST_NODES:
        raise RefusalError("InvalidParameterValue", f"The number of cache clusters must be between 1 and {MOST_NODES}.")
    if failover and nodes == 1:
        raise RefusalError("InvalidReplicationGroupState", "Automatic failover needs at least one replica.")
    if settings.get("MultiAZEnabled") and not failover:
        raise RefusalError("InvalidParameterCombination", "Must provide AutomaticFailover if MultiAZ is enabled.")
    for id_ in settings.get("UserGroupIds") or ():
        user_group(backend, id_)
    if settings.get("UserGroupIds") and not settings.get("TransitEncryptionEnabled"):
        raise RefusalError("InvalidParameterCombination", "User groups need encryption in transit.")
    _check_parameters(backend, settings)


def _check_parameters(backend: Any, settings: Record) -> None:
    name, engine, version = settings.get("CacheParameterGroupName"), settings["Engine"], settings["EngineVersion"]
    if not name or name.startswith("default."):
        return
    family = parameter_group(backend, name)["CacheParameterGroupFamily"]
    if not family.startswith(f"{engine}{version[0]}"):
        raise RefusalError("InvalidParameterCombination", f"Family {family} of {name} does not fit {engine} {version}.")


def _create(backend: Any, params: Params) -> Record:
    settings = {name: value for name, value in params.items() if name not in STEERING}
    id_, engine = settings["ReplicationGroupId"], settings.setdefault("Engine", "redis")
    if id_ in backend.replication_groups:
        raise RefusalError("ReplicationGroupAlreadyExists", f"Replication group {id_} already exists.")
    if params.get("NumNodeGroups", 1) > 1:
        raise RefusalError("InvalidParameterValue", "The emulator holds replication groups of one shard.")
    if engine not in LATEST:
        raise RefusalError("InvalidParameterValue", f"Invalid engine {engine}.")
    settings.setdefault("EngineVersion", LATEST[engine])
    settings.setdefault("NumCacheClusters", 1 + params.get("ReplicasPerNodeGroup", 0))
    _check(backend, settings)
    subnets = _subnets(backend, settings.get("CacheSubnetGroupName"))
    arn = arn_of(backend, "replicationgroup", id_)
    group = backend.replication_groups[id_] = Group(arn, settings, subnets, zones(backend, subnets))
    tag(backend, arn, params)
    return {"ReplicationGroup": group.answer()}


def _subnets(backend: Any, name: str | None) -> list[str]:
    if not name:
        return []
    return list(found(backend.cache_subnet_groups, name, "CacheSubnetGroupNotFoundFault", "Cache subnet group").subnet_ids)


def _describe(backend: Any, params: Params) -> Record:
    id_ = params.get("ReplicationGroupId")
    groups = [_group(backend, id_)] if id_ else backend.replication_groups.values()
    return {"ReplicationGroups": [group.answer() for group in groups]}


def _describe_clusters(backend: Any, params: Params) -> Record:
    """Describe the members of replication groups beside the clusters that the emulator holds itself."""
    id_ = params.get("CacheClusterId")
    members = {name: group.cluster(name) for group in backend.replication_groups.values() for name in group.members}
    clusters = {**backend.cache_clusters, **members}
    return {"CacheClusters": [found(clusters, id_, "CacheClusterNotFound", "CacheCluster")] if id_ else list(clusters.values())}


def _modify(backend: Any, params: Params) -> Record:
    group = _group(backend, params["ReplicationGroupId"])
    told = {name: value for name, value in params.items() if name not in STEERING and not name.startswith("UserGroupIds")}
    settings = {**group.settings, **told}
    gone = settings.get("UserGroupIds", []) if params.get("RemoveUserGroups") else params.get("UserGroupIdsToRemove") or ()
    users = [id_ for id_ in settings.get("UserGroupIds", []) if id_ not in gone]
    settings["UserGroupIds"] = [*users, *(params.get("UserGroupIdsToAdd") or ())]
    settings["LogDeliveryConfigurations"] = _logs(group.settings, params)
    if params.get("AuthTokenUpdateStrategy") == "DELETE":
        settings.pop("AuthToken", None)
    _refuse_older(group.settings, settings)
    _check(backend, settings)
    group.settings = settings
    return {"ReplicationGroup": group.answer()}


def _logs(old: Record, params: Params) -> list[Record]:
    """Return the log deliveries after a change, which speaks of some: one of each type, without those that it turns off."""
    every = [*(old.get("LogDeliveryConfigurations") or ()), *(params.get("LogDeliveryConfigurations") or ())]
    latest = {each["LogType"]: each for each in every}
    return [each for each in latest.values() if each.get("Enabled", True)]


def _refuse_older(old: Record, new: Record) -> None:
    """AWS goes from redis to valkey and to a later version; back it goes by a new group only."""
    if (old["Engine"], new["Engine"]) == ("valkey", "redis"):
        raise RefusalError("InvalidParameterCombination", "Valkey cannot be changed to Redis OSS.")
    versions = [[int(part) for part in each["EngineVersion"].split(".") if part.isdigit()] for each in (old, new)]
    if old["Engine"] == new["Engine"] and versions[1] < versions[0]:
        raise RefusalError("InvalidParameterCombination", f"Cannot go back from version {old['EngineVersion']} to {new['EngineVersion']}.")


def _resize(backend: Any, params: Params) -> Record:
    """Change the number of replicas, up or down."""
    group = _group(backend, params["ReplicationGroupId"])
    settings = {**group.settings, "NumCacheClusters": params["NewReplicaCount"] + 1}
    _check(backend, settings)
    group.settings = settings
    return {"ReplicationGroup": group.answer()}


def _delete(backend: Any, params: Params) -> Record:
    group = _group(backend, params["ReplicationGroupId"])
    last = params.get("FinalSnapshotIdentifier")
    if last:
        backend.create_snapshot(last, group.id, None, None, None)
    del backend.replication_groups[group.id]
    return {"ReplicationGroup": {**group.answer(), "Status": "deleting"}}


OPERATIONS: dict[str, Operation] = {
    "create_replication_group": _create,
    "describe_replication_groups": _describe,
    "describe_cache_clusters": _describe_clusters,
    "modify_replication_group": _modify,
    "increase_replica_count": _resize,
    "decrease_replica_count": _resize,
    "delete_replication_group": _delete,
}
