"""Where the data tier's things are looked for: the part of `ops/searches.py` that is ElastiCache's and RDS's, and that of events."""

from collections.abc import Mapping

from ops.whereabouts import Search

DATA_AGAIN = frozenset(
    {
        "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup",  # one of a proxy, which AWS has made
        "aws:secretsmanager/secretVersion:SecretVersion",  # the same value once more
    }
)
"""What the next update simply makes again."""

EVERY = "`{}`"
"""What asks for all that there is."""


def _cached(noun: str, plural: str, input_: str) -> Search:
    """Return the search for a thing of ElastiCache, by its name."""
    return Search("elasticache", f"describe_{plural}", f"{{{noun}: {input_}}}", _listed(plural), f"{{{input_}}}")


def _listed(plural: str) -> str:
    return "".join(word.title() for word in plural.split("_"))


DATA_SEARCHES: Mapping[str, Search] = {
    "aws:cloudwatch/eventRule:EventRule": Search("events", "describe_rule", "{Name: name}", "[@]", "{name}"),
    "aws:cloudwatch/eventTarget:EventTarget": Search(
        "events", "list_targets_by_rule", "{Rule: rule}", "Targets", "Id", {"Arn": "arn"}, imports="{rule}/{id}"
    ),
    "aws:cloudwatch/queryDefinition:QueryDefinition": Search(
        "logs",
        "describe_query_definitions",
        "{queryDefinitionNamePrefix: name}",
        "queryDefinitions",
        "queryDefinitionId",
        {"name": "name"},
        imports="arn:aws:logs:{region}:{account}:query-definition:{id}",
    ),
    "aws:elasticache/parameterGroup:ParameterGroup": _cached("CacheParameterGroupName", "cache_parameter_groups", "name"),
    "aws:elasticache/replicationGroup:ReplicationGroup": _cached("ReplicationGroupId", "replication_groups", "replicationGroupId"),
    "aws:elasticache/subnetGroup:SubnetGroup": _cached("CacheSubnetGroupName", "cache_subnet_groups", "name"),
    "aws:elasticache/user:User": _cached("UserId", "users", "userId"),
    "aws:elasticache/userGroup:UserGroup": _cached("UserGroupId", "user_groups", "userGroupId"),
    "aws:rds/instance:Instance": Search(
        "rds", "describe_db_instances", "{DBInstanceIdentifier: identifier}", "DBInstances", "DbiResourceId", imports="{identifier}"
    ),
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": Search(
        "rds",
        "describe_db_instance_automated_backups",
        EVERY,
        "DBInstanceAutomatedBackups",
        "DBInstanceAutomatedBackupsArn",
        {"DBInstanceArn": "sourceDbInstanceArn"},
    ),
    "aws:rds/parameterGroup:ParameterGroup": Search(
        "rds", "describe_db_parameter_groups", "{DBParameterGroupName: name}", "DBParameterGroups", "{name}"
    ),
    "aws:rds/proxy:Proxy": Search("rds", "describe_db_proxies", "{DBProxyName: name}", "DBProxies", "{name}"),
    "aws:rds/proxyTarget:ProxyTarget": Search(
        "rds",
        "describe_db_proxy_targets",
        "{DBProxyName: dbProxyName, TargetGroupName: targetGroupName}",
        "Targets",
        "{dbProxyName}/{targetGroupName}/RDS_INSTANCE/{dbInstanceIdentifier}",
        {"RdsResourceId": "dbInstanceIdentifier"},
    ),
    "aws:rds/subnetGroup:SubnetGroup": Search("rds", "describe_db_subnet_groups", "{DBSubnetGroupName: name}", "DBSubnetGroups", "{name}"),
    "aws:sfn/stateMachine:StateMachine": Search(
        "stepfunctions", "list_state_machines", EVERY, "stateMachines", "stateMachineArn", {"name": "name"}
    ),
}
"""Where what was half-made is looked for."""
