"""Specs of ElastiCache's replication groups."""

from typing import Any

from tests.sandbox.provider.specs.elasticache import ON, PASSWORDS
from tests.sandbox.provider.world import Spec, World

LOG = {"destinationType": "cloudwatch-logs", "logFormat": "json"}


def _user_group(world: World) -> str:
    user = {"engine": "valkey", "accessString": ON, "passwords": PASSWORDS}
    users = [world.id("aws.elasticache.User", userId=world.name(), userName=name, **user) for name in ("default", "api")]
    return world.id("aws.elasticache.UserGroup", userGroupId=world.name(), engine="valkey", userIds=users)


def _group(world: World) -> dict[str, Any]:
    vpc = world.vpc()
    log_group = world.make("aws.cloudwatch.LogGroup").outputs["name"]
    return {
        "description": "Sessions and queues.",
        "engine": "valkey",
        "engineVersion": "8.0",
        "nodeType": "cache.t4g.small",
        "numCacheClusters": 2,
        "automaticFailoverEnabled": True,
        "multiAzEnabled": True,
        "subnetGroupName": world.id("aws.elasticache.SubnetGroup", subnetIds=world.subnets(vpc)),
        "securityGroupIds": [world.id("aws.ec2.SecurityGroup", vpcId=vpc)],
        "parameterGroupName": world.id("aws.elasticache.ParameterGroup", family="valkey8"),
        "atRestEncryptionEnabled": True,
        "kmsKeyId": world.make("aws.kms.Key").outputs["arn"],
        "transitEncryptionEnabled": True,
        "transitEncryptionMode": "required",
        "userGroupIds": [_user_group(world)],
        "autoMinorVersionUpgrade": True,
        "applyImmediately": True,
        "maintenanceWindow": "sun:03:00-sun:04:00",
        "snapshotWindow": "01:00-02:00",
        "snapshotRetentionLimit": 7,
        "finalSnapshotIdentifier": f"{world.name()}-last",
        "notificationTopicArn": world.id("aws.sns.Topic"),
        "logDeliveryConfigurations": [
            {**LOG, "destination": log_group, "logType": "slow-log"},
            {**LOG, "destination": log_group, "logType": "engine-log"},
        ],
        "tags": {"backup": "daily"},
    }


SPECS = (
    Spec(
        type="aws.elasticache.ReplicationGroup",
        inputs=_group,
        change={
            "numCacheClusters": 3,
            "nodeType": "cache.m7g.large",
            "description": "Sessions.",
            "snapshotRetentionLimit": 14,
            "userGroupIds": None,
            "notificationTopicArn": None,
            "logDeliveryConfigurations": None,
            "engineVersion": "8.1",
            "tags": {"backup": "never"},
        },
        replace={"replicationGroupId": "another", "port": 6380},
        not_imported=("applyImmediately", "finalSnapshotIdentifier"),
    ),
)
