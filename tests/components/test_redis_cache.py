import pulumi_aws as aws
import pytest

from components.redis_catalogue import NODE
from tests.configs import Changes, rendered
from tests.graph import after_all, plain, takes_from
from tests.rendering import Registration, Rendering


def group_of(changes: Changes) -> Registration:
    """The replication group of production with something changed."""
    return rendered(changes).one(aws.elasticache.ReplicationGroup, "redis-group")


def test_redis_is_encrypted_on_disk_and_on_the_way(new_stack: Rendering) -> None:
    """By the stack's key; a client without TLS is turned away."""
    group = new_stack.one(aws.elasticache.ReplicationGroup, "redis-group")
    assert group.inputs["atRestEncryptionEnabled"] is True
    assert takes_from(new_stack, group, "kmsKeyId", aws.kms.Key) == {"encryption-data"}
    assert group.inputs["transitEncryptionEnabled"] is True
    assert group.inputs["transitEncryptionMode"] == "required"


def test_redis_asks_for_a_password_and_stands_in_the_data_tier(new_stack: Rendering) -> None:
    """Its users' group, its security group, and the subnets that have no way out."""
    group = new_stack.one(aws.elasticache.ReplicationGroup, "redis-group")
    assert takes_from(new_stack, group, "securityGroupIds", aws.ec2.SecurityGroup) == {"firewall-redis"}
    assert "redis-users-services" in {made.name for made in new_stack.registrations if made.urn in after_all(new_stack, group)}
    subnets = new_stack.one(aws.elasticache.SubnetGroup, "redis-subnets")
    assert takes_from(new_stack, group, "subnetGroupName", aws.elasticache.SubnetGroup) == {"redis-subnets"}
    assert takes_from(new_stack, subnets, "subnetIds", aws.ec2.Subnet) == {f"network-data-{zone}" for zone in "abc"}


def test_redis_is_what_config_says(new_stack: Rendering) -> None:
    """Applied at once, so that a preview shows nothing that waits."""
    inputs = new_stack.one(aws.elasticache.ReplicationGroup, "redis-group").inputs
    told = {"engine": "valkey", "engineVersion": "8.2", "nodeType": "cache.m7g.large", "numCacheClusters": 3, "port": 6379}
    told |= {"snapshotRetentionLimit": 14, "snapshotWindow": "02:00-03:00", "maintenanceWindow": "tue:03:30-tue:04:30"}
    told |= {"multiAzEnabled": True, "automaticFailoverEnabled": True, "autoMinorVersionUpgrade": True, "applyImmediately": True}
    assert {key: inputs[key] for key in told} == told


def test_redis_is_protected(new_stack: Rendering) -> None:
    """It holds state."""
    assert new_stack.one(aws.elasticache.ReplicationGroup, "redis-group").protect


@pytest.mark.parametrize(
    ("changes", "nodes", "takes_over"),
    [
        ({"redis.replicas": 0, "redis.multi_az": False}, 1, False),
        ({"redis.replicas": 1}, 2, True),
        ({"redis.replicas": 5, "redis.multi_az": False}, 6, False),
    ],
)
def test_failover_and_several_zones_go_together(changes: Changes, nodes: int, *, takes_over: bool) -> None:
    """AWS takes the one with the other only."""
    inputs = group_of(changes).inputs
    assert inputs["numCacheClusters"] == nodes
    assert inputs["multiAzEnabled"] is takes_over
    assert inputs["automaticFailoverEnabled"] is takes_over


def test_no_snapshots_have_no_window() -> None:
    """AWS would keep the one that it was given, and the engine would see drift."""
    assert "snapshotWindow" not in group_of({"redis.snapshot_days": 0}).inputs


def test_the_parameters_are_of_the_engine_s_family() -> None:
    """A group of another one is refused by AWS."""
    rendering = rendered({"redis": {"node_type": "cache.t4g.small", "engine": "redis", "version": "7.1", "timeout_seconds": 300}})
    parameters = rendering.one(aws.elasticache.ParameterGroup, "redis-parameters")
    assert parameters.inputs["family"] == "redis7"
    assert {each["name"]: each["value"] for each in parameters.inputs["parameters"]} == {
        "maxmemory-policy": "volatile-lru",
        "timeout": "300",
    }


def test_both_logs_are_delivered_as_json(old_stack: Rendering) -> None:
    """To groups of ours."""
    found = old_stack.one(aws.elasticache.ReplicationGroup, "redis-group").inputs["logDeliveryConfigurations"]
    assert found == [
        {"logType": log, "logFormat": "json", "destinationType": "cloudwatch-logs", "destination": f"/switchyard/prod/redis/{log}"}
        for log in ("slow-log", "engine-log")
    ]


def test_a_service_that_uses_redis_is_told_where_it_is_and_what_to_log_in_with(old_stack: Rendering) -> None:
    """Endpoints in plain text, and of the password the entry alone."""
    told = {
        made.name: plain(made.inputs["value"]) for made in old_stack.of(aws.ssm.Parameter) if "REDIS" in made.name or "redis" in made.name
    }
    assert {name: value for name, value in told.items() if name.startswith("api-")} == {
        "api-endpoint-REDIS_HOST": "primary.redis-group.euw1.cache.amazonaws.com",
        "api-endpoint-REDIS_READER_HOST": "reader.redis-group.euw1.cache.amazonaws.com",
        "api-endpoint-REDIS_PORT": "6379",
        "api-endpoint-REDIS_USER": "redis-services",
        "api-blue-secret-redis-password": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:redis-password-aB3dE5",
        "api-green-secret-redis-password": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:redis-password-aB3dE5",
    }


def test_every_node_has_every_alarm(old_stack: Rendering) -> None:
    """By the ids that ElastiCache gave its nodes."""
    alarms = [made for made in old_stack.of(aws.cloudwatch.MetricAlarm) if made.inputs["namespace"] == "AWS/ElastiCache"]
    found = {(made.inputs["dimensions"]["CacheClusterId"], made.inputs["metricName"]) for made in alarms}
    assert found == {(f"redis-group-00{number}", signal.metric) for number in (1, 2, 3) for signal in NODE.signals}
    assert {made.inputs["dimensions"]["CacheNodeId"] for made in alarms} == {"0001"}
