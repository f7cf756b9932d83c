"""Who finds the ids of the data tier's things: the part of `ops/acts/inventory.py` that is RDS's, ElastiCache's and AWS Backup's."""

from collections.abc import Callable, Mapping
from typing import Any

from ops.target import Target

Walk = Callable[[Target, str], set[str]]
"""Finds the ids of one kind in a region."""

DATA_QUESTIONS = (
    ("backup", "list_backup_plans", "BackupPlansList[].BackupPlanId", "Plan"),
    ("backup", "list_backup_vaults", "BackupVaultList[].BackupVaultName", "Vault"),
    ("backup", "list_restore_testing_plans", "RestoreTestingPlans[].RestoreTestingPlanName", "RestoreTestingPlan"),
    ("elasticache", "describe_replication_groups", "ReplicationGroups[].ReplicationGroupId", "ReplicationGroup"),
    ("elasticache", "describe_user_groups", "UserGroups[].UserGroupId", "UserGroup"),
    ("elasticache", "describe_users", "Users[?UserId != 'default'].UserId", "User"),
    ("events", "list_rules", "Rules[].Name", "EventRule"),
    ("logs", "describe_query_definitions", "queryDefinitions[].queryDefinitionId", "QueryDefinition"),
    ("rds", "describe_db_instances", "DBInstances[].DbiResourceId", "Instance"),
    ("rds", "describe_db_proxies", "DBProxies[].DBProxyName", "Proxy"),
    ("stepfunctions", "list_state_machines", "stateMachines[].stateMachineArn", "StateMachine"),
)
"""As `QUESTIONS` of the inventory: client, question, the ids in the answer, and the type."""


def _parameter_groups(target: Target, region: str) -> set[str]:
    """RDS's and ElastiCache's: the two types have one noun. AWS's own begin with `default`."""
    own = target.client("rds", region).describe_db_parameter_groups()["DBParameterGroups"]
    cached = target.client("elasticache", region).describe_cache_parameter_groups()["CacheParameterGroups"]
    names = {str(each["DBParameterGroupName"]) for each in own} | {str(each["CacheParameterGroupName"]) for each in cached}
    return {name for name in names if not name.startswith("default")}


def _subnet_groups(target: Target, region: str) -> set[str]:
    """RDS's and ElastiCache's, as above."""
    own = target.client("rds", region).describe_db_subnet_groups()["DBSubnetGroups"]
    cached = target.client("elasticache", region).describe_cache_subnet_groups()["CacheSubnetGroups"]
    names = {str(each["DBSubnetGroupName"]) for each in own} | {str(each["CacheSubnetGroupName"]) for each in cached}
    return {name for name in names if name != "default"}


def _proxy_targets(target: Target, region: str) -> set[str]:
    rds = target.client("rds", region)
    return {
        f"{proxy['DBProxyName']}/default/{each['Type']}/{each['RdsResourceId']}"
        for proxy in rds.describe_db_proxies()["DBProxies"]
        for each in rds.describe_db_proxy_targets(DBProxyName=proxy["DBProxyName"])["Targets"]
    }


def _copied_backups(target: Target, region: str) -> set[str]:
    """Those of another region: an instance's own backups are listed beside them."""
    found: list[dict[str, Any]] = target.client("rds", region).describe_db_instance_automated_backups()["DBInstanceAutomatedBackups"]
    copied = [each for each in found if f":{region}:" not in str(each.get("DBInstanceArn", f":{region}:"))]
    return {str(each["DBInstanceAutomatedBackupsArn"]) for each in copied}


def _event_targets(target: Target, region: str) -> set[str]:
    events = target.client("events", region)
    rules = [str(rule["Name"]) for rule in events.list_rules()["Rules"]]
    return {f"{rule}-{each['Id']}" for rule in rules for each in events.list_targets_by_rule(Rule=rule)["Targets"]}


def _selections(target: Target, region: str) -> set[str]:
    backup = target.client("backup", region)
    plans = [str(plan["BackupPlanId"]) for plan in backup.list_backup_plans()["BackupPlansList"]]
    return {str(each["SelectionId"]) for plan in plans for each in backup.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]}


def _restore_tests(target: Target, region: str) -> set[str]:
    backup = target.client("backup", region)
    plans = [str(plan["RestoreTestingPlanName"]) for plan in backup.list_restore_testing_plans()["RestoreTestingPlans"]]
    pages = {plan: backup.list_restore_testing_selections(RestoreTestingPlanName=plan)["RestoreTestingSelections"] for plan in plans}
    return {f"{each['RestoreTestingSelectionName']}:{plan}" for plan, page in pages.items() for each in page}


DATA_WALKS: Mapping[str, Walk] = {
    "EventTarget": _event_targets,
    "InstanceAutomatedBackupsReplication": _copied_backups,
    "ParameterGroup": _parameter_groups,
    "ProxyTarget": _proxy_targets,
    "RestoreTestingSelection": _restore_tests,
    "Selection": _selections,
    "SubnetGroup": _subnet_groups,
}
"""What takes more than one question."""
