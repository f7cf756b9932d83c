"""A replication group of ElastiCache: what it was told, by the names of CreateReplicationGroup's parameters. Answers are made from that."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.added import Record

VERSIONS = {"valkey": {"7.2": "7.2.6", "8.0": "8.0.1"}, "redis": {"6.2": "6.2.6", "7.0": "7.0.7", "7.1": "7.1.0"}}
"""What runs when the program names a minor version; another one counts as its first patch.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html"""

LATEST = {"valkey": "8.0", "redis": "7.1"}
"""What a group gets that names no version."""

PORT = 6379

NAMES = {"ReplicationGroupDescription": "Description"}
"""Settings that an answer calls otherwise."""


@dataclass
class Group:
    """A replication group of one shard."""

    arn: str
    settings: Record
    subnets: list[str]
    zones: list[str]
    """Availability zone of each subnet."""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def id(self) -> str:
        """Its name in AWS."""
        return str(self.settings["ReplicationGroupId"])

    @property
    def members(self) -> list[str]:
        """Ids of its cache clusters, the primary's first."""
        return [f"{self.id}-{number:03}" for number in range(1, self.settings["NumCacheClusters"] + 1)]

    @property
    def node_groups(self) -> list[Record]:
        """The one shard that it has."""
        members = [
            {"CacheClusterId": id_, "CacheNodeId": "0001", "PreferredAvailabilityZone": self.zone(id_), "CurrentRole": role}
            for id_, role in zip(self.members, ["primary", *["replica"] * len(self.members)], strict=False)
        ]
        ends = {"PrimaryEndpoint": self._endpoint("master"), "ReaderEndpoint": self._endpoint("replica")}
        return [{"NodeGroupId": "0001", "Status": "available", "NodeGroupMembers": members, **ends}]

    def _endpoint(self, role: str) -> Record:
        mark = hashlib.sha256(self.arn.encode()).hexdigest()[:6]
        part, side, number = self.arn.split(":")[3].split("-")
        address = f"{role}.{self.id}.{mark}.{part}{side[0]}{number}.cache.amazonaws.com"
        return {"Address": address, "Port": self.settings.get("Port", PORT)}

    def zone(self, member: str) -> str:
        """Availability zone of a member: as was asked for, else by turns."""
        wanted = self.settings.get("PreferredCacheClusterAZs") or self.zones
        return str(wanted[self.members.index(member) % len(wanted)]) if wanted else ""

    @property
    def version(self) -> str:
        """What the engine says of itself."""
        wanted = str(self.settings["EngineVersion"])
        return VERSIONS[self.settings["Engine"]].get(wanted, wanted if wanted.count(".") > 1 else f"{wanted}.0")

    def answer(self) -> Record:
        """Return what AWS says of it."""
        settings = self.settings
        switches = {name: _switch(settings.get(f"{name}Enabled")) for name in ("MultiAZ", "AutomaticFailover", "DataTiering")}
        logs = [{**each, "Status": "active"} for each in settings.get("LogDeliveryConfigurations") or ()]
        return {
            "NetworkType": "ipv4",
            "IpDiscovery": "ipv4",
            "ClusterMode": "disabled",
            "SnapshotRetentionLimit": 0,
            **{NAMES.get(name, name): value for name, value in settings.items()},
            **switches,
            "ARN": self.arn,
            "Status": "available",
            "ClusterEnabled": False,
            "MemberClusters": self.members,
            "NodeGroups": self.node_groups,
            "AuthTokenEnabled": bool(settings.get("AuthToken")),
            "LogDeliveryConfigurations": logs,
            "ReplicationGroupCreateTime": self.created,
        }

    def cluster(self, member: str) -> Record:
        """Return what AWS says of a member."""
        settings, topic = self.settings, self.settings.get("NotificationTopicArn")
        parameters = settings.get("CacheParameterGroupName") or f"default.{settings['Engine']}{settings['EngineVersion'][0]}"
        return {
            **{name: value for name, value in settings.items() if name not in ("Tags", "AuthToken")},
            "CacheClusterId": member,
            "CacheClusterStatus": "available",
            "NumCacheNodes": 1,
            "EngineVersion": self.version,
            "PreferredAvailabilityZone": self.zone(member),
            "CacheParameterGroup": {"CacheParameterGroupName": parameters, "ParameterApplyStatus": "in-sync"},
            "SecurityGroups": [{"SecurityGroupId": id_, "Status": "active"} for id_ in settings.get("SecurityGroupIds") or ()],
            "NotificationConfiguration": {"TopicArn": topic, "TopicStatus": "active"} if topic else None,
            "ARN": self.arn.replace(":replicationgroup:", ":cluster:").replace(self.id, member),
        }


def _switch(on: object) -> str:
    return "enabled" if on else "disabled"
