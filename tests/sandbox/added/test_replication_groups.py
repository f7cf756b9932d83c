"""Replication groups and what they stand on, as boto3 sees them."""

from typing import Any

import boto3
import pytest

from tests.sandbox.added.conftest import Refused, says_gone

GROUP = {"ReplicationGroupId": "cache", "ReplicationGroupDescription": "Sessions.", "Engine": "valkey", "CacheNodeType": "cache.t4g.small"}


@pytest.fixture
def subnets(session: boto3.session.Session, caches: Any) -> str:
    """Make a subnet group over two zones; return its name."""
    ec2 = session.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ids = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"eu-west-1{zone}")["Subnet"]["SubnetId"]
        for number, zone in enumerate("ab")
    ]
    caches.create_cache_subnet_group(CacheSubnetGroupName="data", CacheSubnetGroupDescription="Data.", SubnetIds=ids)
    return "data"


def create(caches: Any, **parameters: Any) -> Any:
    """Make a replication group."""
    return caches.create_replication_group(**{**GROUP, **parameters})["ReplicationGroup"]


def members(caches: Any) -> list[Any]:
    """What AWS says of the members of the group."""
    ids = caches.describe_replication_groups(ReplicationGroupId="cache")["ReplicationGroups"][0]["MemberClusters"]
    return [caches.describe_cache_clusters(CacheClusterId=id_)["CacheClusters"][0] for id_ in ids]


def test_a_group_has_all_its_members_in_the_zones_of_its_subnets(caches: Any, subnets: str) -> None:
    """And each of them is a cache cluster."""
    group = create(caches, NumCacheClusters=3, CacheSubnetGroupName=subnets, EngineVersion="8.0", AutomaticFailoverEnabled=True)
    assert group["MemberClusters"] == ["cache-001", "cache-002", "cache-003"]
    assert [each["PreferredAvailabilityZone"] for each in members(caches)] == ["eu-west-1a", "eu-west-1b", "eu-west-1a"]
    assert {each["EngineVersion"] for each in members(caches)} == {"8.0.1"}
    assert {each["CacheParameterGroup"]["CacheParameterGroupName"] for each in members(caches)} == {"default.valkey8"}
    ends = {group["NodeGroups"][0][f"{end}Endpoint"]["Address"].split(".")[0] for end in ("Primary", "Reader")}
    assert ends == {"master", "replica"}


def test_replicas_come_and_go(caches: Any) -> None:
    """But the last one stays while a failover needs it."""
    create(caches, NumCacheClusters=2, AutomaticFailoverEnabled=True)
    caches.increase_replica_count(ReplicationGroupId="cache", NewReplicaCount=3, ApplyImmediately=True)
    assert len(members(caches)) == 4
    caches.decrease_replica_count(ReplicationGroupId="cache", NewReplicaCount=1, ApplyImmediately=True)
    assert len(members(caches)) == 2


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"NumCacheClusters": 7}, "InvalidParameterValue"),
        ({"NumCacheClusters": 1, "AutomaticFailoverEnabled": True}, "InvalidReplicationGroupState"),
        ({"NumCacheClusters": 2, "MultiAZEnabled": True}, "InvalidParameterCombination"),
        ({"NumNodeGroups": 2}, "InvalidParameterValue"),
        ({"Engine": "memcached"}, "InvalidParameterValue"),
        ({"CacheParameterGroupName": "redis-seven"}, "InvalidParameterCombination"),
    ],
)
def test_a_group_that_aws_would_not_make_is_refused(caches: Any, refused: Refused, parameters: dict[str, Any], code: str) -> None:
    """And nothing is left of it."""
    caches.create_cache_parameter_group(CacheParameterGroupName="redis-seven", CacheParameterGroupFamily="redis7", Description="-")
    assert refused(caches.create_replication_group, **{**GROUP, **parameters}) == code
    assert says_gone(refused(caches.describe_replication_groups, ReplicationGroupId="cache"))


@pytest.mark.parametrize("change", [{"Engine": "redis"}, {"EngineVersion": "7.2"}])
def test_a_group_does_not_go_back(caches: Any, refused: Refused, change: dict[str, str]) -> None:
    """From valkey to redis, or to an older version; it does go forward."""
    create(caches, EngineVersion="8.0")
    assert refused(caches.modify_replication_group, ReplicationGroupId="cache", **change) == "InvalidParameterCombination"
    caches.modify_replication_group(ReplicationGroupId="cache", EngineVersion="8.1")
    assert members(caches)[0]["EngineVersion"] == "8.1.0"


def test_logs_are_turned_on_and_off_one_by_one(caches: Any) -> None:
    """A change that names one leaves the other alone."""
    place = {"DestinationType": "cloudwatch-logs", "DestinationDetails": {"CloudWatchLogsDetails": {"LogGroup": "cache"}}}
    kinds = [{**place, "LogFormat": "json", "LogType": kind} for kind in ("slow-log", "engine-log")]
    create(caches, LogDeliveryConfigurations=kinds)
    off = [{"LogType": "slow-log", "Enabled": False}]
    group = caches.modify_replication_group(ReplicationGroupId="cache", LogDeliveryConfigurations=off)["ReplicationGroup"]
    assert [(each["LogType"], each["Status"]) for each in group["LogDeliveryConfigurations"]] == [("engine-log", "active")]


def test_what_a_group_stands_on_is_not_deleted_from_under_it(caches: Any, refused: Refused, subnets: str) -> None:
    """Its subnets, its parameters and its users; afterwards they can be."""
    caches.create_cache_parameter_group(CacheParameterGroupName="ours", CacheParameterGroupFamily="valkey8", Description="-")
    caches.create_user(UserId="api", UserName="api", Engine="valkey", AccessString="on ~* +@all", Passwords=["a-password-of-the-test"])
    caches.create_user_group(UserGroupId="ours", Engine="valkey", UserIds=["api"])
    given = {"CacheSubnetGroupName": subnets, "CacheParameterGroupName": "ours", "UserGroupIds": ["ours"]}
    create(caches, TransitEncryptionEnabled=True, **given)
    assert refused(caches.delete_cache_subnet_group, CacheSubnetGroupName=subnets) == "CacheSubnetGroupInUse"
    assert refused(caches.delete_cache_parameter_group, CacheParameterGroupName="ours") == "InvalidCacheParameterGroupState"
    assert refused(caches.delete_user_group, UserGroupId="ours") == "InvalidUserGroupState"
    caches.delete_replication_group(ReplicationGroupId="cache", FinalSnapshotIdentifier="last")
    assert [each["SnapshotName"] for each in caches.describe_snapshots()["Snapshots"]] == ["last"]
    caches.delete_cache_subnet_group(CacheSubnetGroupName=subnets)
    caches.delete_cache_parameter_group(CacheParameterGroupName="ours")
    caches.delete_user_group(UserGroupId="ours")


def test_a_subnet_group_takes_subnets_that_are_there(caches: Any, refused: Refused, subnets: str) -> None:
    """The emulator alone would make them up; and it keeps those that it had when a change is refused."""
    invented = {"CacheSubnetGroupName": "other", "CacheSubnetGroupDescription": "-", "SubnetIds": ["subnet-0"]}
    assert refused(caches.create_cache_subnet_group, **invented) == "InvalidSubnet"
    assert refused(caches.modify_cache_subnet_group, CacheSubnetGroupName=subnets, SubnetIds=["subnet-0"]) == "InvalidSubnet"
    assert len(caches.describe_cache_subnet_groups(CacheSubnetGroupName=subnets)["CacheSubnetGroups"][0]["Subnets"]) == 2


def test_parameters_are_set_and_reset(caches: Any, refused: Refused) -> None:
    """At most twenty at a time, of a family that there is."""
    group = {"CacheParameterGroupName": "ours"}
    made = {**group, "Description": "-"}
    assert refused(caches.create_cache_parameter_group, **made, CacheParameterGroupFamily="valkey1") == "InvalidParameterValue"
    caches.create_cache_parameter_group(**made, CacheParameterGroupFamily="valkey8", Tags=[{"Key": "tier", "Value": "data"}])
    values = [{"ParameterName": f"name-{number}", "ParameterValue": "1"} for number in range(21)]
    assert refused(caches.modify_cache_parameter_group, **group, ParameterNameValues=values) == "InvalidParameterValue"
    caches.modify_cache_parameter_group(**group, ParameterNameValues=values[:2])
    caches.reset_cache_parameter_group(**group, ParameterNameValues=values[:1])
    assert [each["ParameterName"] for each in caches.describe_cache_parameters(**group)["Parameters"]] == ["name-1"]
    arn = caches.describe_cache_parameter_groups(**group)["CacheParameterGroups"][0]["ARN"]
    assert caches.list_tags_for_resource(ResourceName=arn)["TagList"] == [{"Key": "tier", "Value": "data"}]
