"""Specs of RDS's proxies, and of backups that another region keeps."""

from typing import Any

from tests.sandbox.provider.specs.iam import TRUST
from tests.sandbox.provider.specs.rds import instance
from tests.sandbox.provider.world import Spec, World

ELSEWHERE = "eu-central-1"

SECRET = {
    "authScheme": "SECRETS",
    "iamAuth": "DISABLED",
    "secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:master-AbCdEf",
}


def proxy(world: World) -> dict[str, Any]:
    """Return the inputs of a proxy whose clients log in by IAM."""
    vpc = world.vpc()
    return {
        "engineFamily": "POSTGRESQL",
        "defaultAuthScheme": "IAM_AUTH",
        "requireTls": True,
        "idleClientTimeout": 600,
        "roleArn": world.make("aws.iam.Role", assumeRolePolicy=TRUST.format("rds")).outputs["arn"],
        "vpcSubnetIds": world.subnets(vpc),
        "vpcSecurityGroupIds": [world.id("aws.ec2.SecurityGroup", vpcId=vpc)],
        "tags": {"tier": "data"},
    }


def _group(world: World) -> dict[str, Any]:
    pool = {"maxConnectionsPercent": 80, "maxIdleConnectionsPercent": 20, "sessionPinningFilters": ["EXCLUDE_VARIABLE_SETS"]}
    return {"dbProxyName": world.id("aws.rds.Proxy", **proxy(world)), "connectionPoolConfig": pool}


def _target(world: World) -> dict[str, Any]:
    return {
        "dbProxyName": world.id("aws.rds.Proxy", **proxy(world)),
        "targetGroupName": "default",
        "dbInstanceIdentifier": world.make("aws.rds.Instance", **instance(world)).outputs["identifier"],
    }


def replication(world: World) -> dict[str, Any]:
    """Return the inputs of backups that another region keeps."""
    return {
        "sourceDbInstanceArn": world.make("aws.rds.Instance", **instance(world)).outputs["arn"],
        "kmsKeyId": world.make("aws.kms.Key", region=ELSEWHERE).outputs["arn"],
        "retentionPeriod": 14,
        "region": ELSEWHERE,
    }


SPECS = (
    Spec(
        type="aws.rds.Proxy",
        inputs=proxy,
        change={"defaultAuthScheme": "NONE", "auths": [SECRET], "idleClientTimeout": 900, "debugLogging": True, "tags": {}},
        replace={"engineFamily": "MYSQL", "vpcSubnetIds": ["subnet-a", "subnet-b"]},
    ),
    Spec(
        type="aws.rds.ProxyDefaultTargetGroup",
        inputs=_group,
        change={"connectionPoolConfig": {"maxConnectionsPercent": 50, "connectionBorrowTimeout": 10, "initQuery": "SET x=1"}},
        replace={"dbProxyName": "another"},
        remains="a proxy has its default group for life",
    ),
    Spec(type="aws.rds.ProxyTarget", inputs=_target, replace={"dbInstanceIdentifier": "another"}),
    Spec(type="aws.rds.InstanceAutomatedBackupsReplication", inputs=replication, replace={"retentionPeriod": 7}),
)
