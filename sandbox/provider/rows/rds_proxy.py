"""RDS: proxies in front of instances, and backups that another region keeps."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

NAMING = Naming(63, pattern=r"[A-Za-z](-?[A-Za-z0-9])*", says="letters, digits and single hyphens, a letter first and no hyphen last")

POOL = {"connectionBorrowTimeout": 120, "maxConnectionsPercent": 100, "maxIdleConnectionsPercent": 50}
"""Seconds and percent, as the official provider fills them in."""

POOL_LIMITS = {
    "connectionPoolConfig.connectionBorrowTimeout": Limit(0, 300),
    "connectionPoolConfig.maxConnectionsPercent": Limit(1, 100),
    "connectionPoolConfig.maxIdleConnectionsPercent": Limit(0, 100),
    "connectionPoolConfig.sessionPinningFilters": Limit(high=1),
}

INSTANCE = "RDS_INSTANCE"

TARGETS = (
    "{DBInstanceIdentifiers: dbInstanceIdentifier && [dbInstanceIdentifier], DBClusterIdentifiers: dbClusterIdentifier && "
    "[dbClusterIdentifier]}"
)

BACKUP = (
    "{DBInstanceAutomatedBackupsArn: DBInstanceAutomatedBackupsArn, kmsKeyId: KmsKeyId, retentionPeriod: BackupRetentionPeriod, "
    "sourceDbInstanceArn: DBInstanceArn}"
)
"""Without its region, which is the instance's."""


def _proxy_failures(inputs: Facts) -> Iterator[Failure]:
    if inputs.get("defaultAuthScheme", "NONE") == "NONE" and inputs.get("auths") == []:
        yield "auths", "a proxy knows its users by secrets, unless defaultAuthScheme is IAM_AUTH"


def _pool_failures(inputs: Facts) -> Iterator[Failure]:
    pool = inputs.get("connectionPoolConfig") or {}
    idle, most = pool.get("maxIdleConnectionsPercent"), pool.get("maxConnectionsPercent")
    if idle is not None and most is not None and idle > most:
        yield "connectionPoolConfig.maxIdleConnectionsPercent", f"{idle} is more than maxConnectionsPercent, {most}"


def _find_target(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return a target: AWS lists those of a group."""
    targets = client.describe_db_proxy_targets(DBProxyName=facts["dbProxyName"], TargetGroupName=facts["targetGroupName"])["Targets"]
    for target in targets:
        if (target["RdsResourceId"], target["Type"]) == (facts["rdsResourceId"], facts["type"]):
            property_ = "dbInstanceIdentifier" if target["Type"] == INSTANCE else "dbClusterIdentifier"
            return {**target, property_: target["RdsResourceId"]}
    return None


ROWS = (
    Row(
        type="aws.rds.Proxy",
        noun="DBProxy",
        create=Call("create_db_proxy", take="DBProxy"),
        id="{name}",
        read=Call("describe_db_proxies", "{DBProxyName: id}", "DBProxies[0]"),
        update=Call("modify_db_proxy", "{DBProxyName: id, Auth: auths || `[]`, SecurityGroups: vpcSecurityGroupIds}"),
        delete=Call("delete_db_proxy", "{DBProxyName: id}"),
        names={"auths": "Auth"},
        replaces=("engineFamily", "vpcSubnetIds", "endpointNetworkType", "targetConnectionNetworkType"),
        naming=NAMING,
        limits={"idleClientTimeout": Limit(1, 28_800), "vpcSubnetIds": Limit(2)},
        check=_proxy_failures,
    ),
    Row(
        type="aws.rds.ProxyDefaultTargetGroup",
        noun="TargetGroup",
        create=Call("modify_db_proxy_target_group", "{TargetGroupName: 'default'}", "DBProxyTargetGroup"),
        id="{dbProxyName}",
        read=Call("describe_db_proxy_target_groups", "{DBProxyName: id}", "TargetGroups[?TargetGroupName == 'default'] | [0]"),
        update=Call("modify_db_proxy_target_group", "{TargetGroupName: 'default'}"),
        defaults={f"connectionPoolConfig.{name}": value for name, value in POOL.items()},
        replaces=("dbProxyName",),
        limits=POOL_LIMITS,
        check=_pool_failures,
    ),
    Row(
        type="aws.rds.ProxyTarget",
        noun="DBProxyTarget",
        create=Call("register_db_proxy_targets", TARGETS, "DBProxyTargets[0]"),
        id="{dbProxyName}/{targetGroupName}/{type}/{rdsResourceId}",
        read=Call(_find_target),
        delete=Call("deregister_db_proxy_targets", f"merge({{DBProxyName: dbProxyName, TargetGroupName: targetGroupName}}, {TARGETS})"),
        replaces=("dbProxyName", "targetGroupName", "dbInstanceIdentifier", "dbClusterIdentifier"),
        conflicts=(("dbInstanceIdentifier", "dbClusterIdentifier"),),
    ),
    Row(
        type="aws.rds.InstanceAutomatedBackupsReplication",
        create=Call("start_db_instance_automated_backups_replication", take=f"DBInstanceAutomatedBackup.{BACKUP}"),
        id="DBInstanceAutomatedBackupsArn",
        read=Call(
            "describe_db_instance_automated_backups", "{DBInstanceAutomatedBackupsArn: id}", f"DBInstanceAutomatedBackups[0].{BACKUP}"
        ),
        delete=Call("stop_db_instance_automated_backups_replication", "{SourceDBInstanceArn: sourceDbInstanceArn}"),
        names={"retentionPeriod": "BackupRetentionPeriod", "sourceDbInstanceArn": "SourceDBInstanceArn"},
        defaults={"retentionPeriod": 7},
        replaces=("kmsKeyId", "preSignedUrl", "retentionPeriod", "sourceDbInstanceArn"),
        limits={
            "retentionPeriod": Limit(1, 35),
            "sourceDbInstanceArn": Limit(pattern=r"arn:[\w-]+:rds:.+:db:.+", says="an instance's ARN"),
        },
    ),
)
