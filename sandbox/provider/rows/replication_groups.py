"""ElastiCache: replication groups. A change waits for no maintenance window in the sandbox.

The official provider makes a new group where AWS does not go back: from valkey to redis, to an older version. Here AWS's refusal is seen.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.rows.elasticache import FORM, LONGEST, SAID, SHORTEST
from sandbox.provider.schema import Failure

NAMING = Naming(40, "replicationGroupId", lower=True, pattern=FORM, says=SAID)

SIZES = ("numCacheClusters", "replicasPerNodeGroup")

NAMES = {
    "nodeType": "CacheNodeType",
    "parameterGroupName": "CacheParameterGroupName",
    "maintenanceWindow": "PreferredMaintenanceWindow",
    "subnetGroupName": "CacheSubnetGroupName",
    "securityGroupNames": "CacheSecurityGroupNames",
}

PLACES = {"cloudwatch-logs": ("CloudWatchLogsDetails", "LogGroup"), "kinesis-firehose": ("KinesisFirehoseDetails", "DeliveryStream")}
"""Where logs may go, and how AWS names the place."""

LOG = (
    "{LogType: logType, LogFormat: logFormat, DestinationType: destinationType, DestinationDetails: {"
    "CloudWatchLogsDetails: {LogGroup: destinationType == 'cloudwatch-logs' && destination || `null`}, "
    "KinesisFirehoseDetails: {DeliveryStream: destinationType == 'kinesis-firehose' && destination || `null`}}}"
)

CHANGE = (
    "{ReplicationGroupId: id, ApplyImmediately: `true`, NotificationTopicArn: notificationTopicArn || '', "
    "SnapshotRetentionLimit: snapshotRetentionLimit || `0`, "
    f"LogDeliveryConfigurations: logDeliveryConfigurations[].{LOG}}}"
)

NEW = (
    "atRestEncryptionEnabled", "dataTieringEnabled", "globalReplicationGroupId", "kmsKeyId", "networkType", "port", "securityGroupNames",
    "snapshotArns", "snapshotName", "subnetGroupName",
)  # fmt: skip


def _look(client: Any, facts: Facts) -> dict[str, Any]:
    """Return the group; much of it only its members tell."""
    group = client.describe_replication_groups(ReplicationGroupId=facts["id"])["ReplicationGroups"][0]
    member = client.describe_cache_clusters(CacheClusterId=group["MemberClusters"][0])["CacheClusters"][0]
    shard = group["NodeGroups"][0]
    ends = {f"{role}EndpointAddress": shard[f"{role.title()}Endpoint"]["Address"] for role in ("primary", "reader")}
    switches = {"automaticFailoverEnabled": "AutomaticFailover", "multiAzEnabled": "MultiAZ", "dataTieringEnabled": "DataTiering"}
    unset = dict.fromkeys(("UserGroupIds", "KmsKeyId", "TransitEncryptionMode", "CacheSubnetGroupName"))
    return {
        **unset,
        **{name: member[name] for name in (*NAMES.values(), "AutoMinorVersionUpgrade") if name in member},
        **group,
        **ends,
        **{name: group.get(told) == "enabled" for name, told in switches.items()},
        "description": group["Description"],
        "engineVersion": ".".join(member["EngineVersion"].split(".")[:2]),
        "engineVersionActual": member["EngineVersion"],
        "logDeliveryConfigurations": [_log(each) for each in group.get("LogDeliveryConfigurations") or ()],
        "notificationTopicArn": (member.get("NotificationConfiguration") or {}).get("TopicArn"),
        "numCacheClusters": len(group["MemberClusters"]),
        "numNodeGroups": len(group["NodeGroups"]),
        "replicasPerNodeGroup": len(shard["NodeGroupMembers"]) - 1,
        "parameterGroupName": member["CacheParameterGroup"]["CacheParameterGroupName"],
        "port": shard["PrimaryEndpoint"]["Port"],
        "securityGroupIds": [each["SecurityGroupId"] for each in member.get("SecurityGroups") or ()],
    }


def _log(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return a delivery of logs as the program writes it."""
    place, member = PLACES[told["DestinationType"]]
    names = ("destinationType", "logFormat", "logType")
    return {"destination": told["DestinationDetails"][place][member], **{name: told[f"{name[0].upper()}{name[1:]}"] for name in names}}


def _resize(client: Any, facts: Facts) -> None:
    """Add replicas or take them away."""
    group = client.describe_replication_groups(ReplicationGroupId=facts["id"])["ReplicationGroups"][0]
    there, by_nodes = len(group["MemberClusters"]) - 1, facts["numCacheClusters"] - 1
    wanted = by_nodes if by_nodes != there else facts.get("replicasPerNodeGroup", by_nodes)
    if wanted != there:
        resize = client.increase_replica_count if wanted > there else client.decrease_replica_count
        resize(ReplicationGroupId=facts["id"], NewReplicaCount=wanted, ApplyImmediately=True)


def _swap(client: Any, facts: Facts) -> None:
    """Tell AWS which user groups come and go, and which logs end: it takes no list of all."""
    old, new = ({*(each.get("userGroupIds") or ())} for each in (facts["old"], facts))
    told: dict[str, Any] = {"UserGroupIdsToAdd": sorted(new - old), "UserGroupIdsToRemove": sorted(old - new)}
    kinds = [{each["logType"]: each for each in facts_.get("logDeliveryConfigurations") or ()} for facts_ in (facts["old"], facts)]
    told["LogDeliveryConfigurations"] = [{"LogType": kind, "Enabled": False} for kind in kinds[0] if kind not in kinds[1]]
    said = {name: value for name, value in told.items() if value}
    if said:
        client.modify_replication_group(ReplicationGroupId=facts["id"], ApplyImmediately=True, **said)


def _failures(inputs: Facts) -> Iterator[Failure]:
    """Find what AWS, or the official provider, refuses of a group."""
    if inputs.get("multiAzEnabled") and not inputs.get("automaticFailoverEnabled"):
        yield "multiAzEnabled", "it needs automaticFailoverEnabled"
    if inputs.get("automaticFailoverEnabled") and inputs.get("numCacheClusters") == 1:
        yield "numCacheClusters", "1 is less than the 2 that automatic failover needs"
    if inputs.get("transitEncryptionEnabled") is False and (inputs.get("authToken") or inputs.get("userGroupIds")):
        yield "transitEncryptionEnabled", "tokens and user groups need encryption in transit"
    if inputs.get("kmsKeyId") and inputs.get("atRestEncryptionEnabled") is False:
        yield "kmsKeyId", "it needs atRestEncryptionEnabled"
    if not SHORTEST <= len(inputs.get("authToken") or "-" * SHORTEST) <= LONGEST:
        yield "authToken", f"a token has {SHORTEST} to {LONGEST} characters"


CLOCK = r"([01]\d|2[0-3]):[0-5]\d"

DAY = "(mon|tue|wed|thu|fri|sat|sun)"

ROWS = (
    Row(
        type="aws.elasticache.ReplicationGroup",
        create=Call("create_replication_group", f"{{LogDeliveryConfigurations: logDeliveryConfigurations[].{LOG}}}", "ReplicationGroup"),
        id="ReplicationGroupId",
        read=Call(_look),
        update=(
            Call(_resize, on=SIZES),
            Call("modify_replication_group", CHANGE),
            Call(_swap, on=("userGroupIds", "logDeliveryConfigurations")),
        ),
        delete=Call("delete_replication_group", "{ReplicationGroupId: id, FinalSnapshotIdentifier: finalSnapshotIdentifier}"),
        names=NAMES,
        defaults={"automaticFailoverEnabled": False, "multiAzEnabled": False, "engine": "redis", "port": 6379},
        replaces=NEW,
        lost=("snapshotArns", "snapshotName", "securityGroupNames", "globalReplicationGroupId"),
        naming=NAMING,
        limits={
            "engine": Limit(choices=("redis", "valkey")),
            "numNodeGroups": Limit(1, 1),
            "numCacheClusters": Limit(1, 6),
            "userGroupIds": Limit(high=1),
            "logDeliveryConfigurations": Limit(high=2),
            "snapshotRetentionLimit": Limit(0, 35),
            "snapshotWindow": Limit(pattern=f"{CLOCK}-{CLOCK}", says="hh:mm-hh:mm"),
            "maintenanceWindow": Limit(pattern=f"{DAY}:{CLOCK}-{DAY}:{CLOCK}", says="ddd:hh:mm-ddd:hh:mm in lower case"),
        },
        conflicts=(("authToken", "userGroupIds"), ("numCacheClusters", "numNodeGroups"), ("numCacheClusters", "replicasPerNodeGroup")),
        check=_failures,
    ),
)
