"""ElastiCache: subnet groups that can be changed and deleted, parameter groups, and the tags of everything."""

from typing import Any

from moto.ec2.models import ec2_backends
from moto.elasticache.models import CacheSubnetGroup

from sandbox.added import Operation, Params, Record, RefusalError, found, shelf

FAMILIES = ("memcached1.6", "redis5.0", "redis6.x", "redis7", "valkey7", "valkey8", "valkey9")
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html"""

MOST_PARAMETERS = 20
"""Parameters of one call: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html"""


def arn_of(backend: Any, kind: str, name: str) -> str:
    """Return the ARN of a thing of ElastiCache."""
    return f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:{kind}:{name}"


def tag(backend: Any, arn: str, params: Params) -> None:
    """Give a new thing its tags."""
    backend.tagging_service.tag_resource(arn, params.get("Tags") or [])


def zones(backend: Any, subnet_ids: list[str]) -> list[str]:
    """Return the availability zone of each subnet. Raises RefusalError where AWS would: not there, or of several VPCs."""
    subnets = ec2_backends[backend.account_id][backend.region_name].subnets
    there = {id_: subnet for zone in subnets.values() for id_, subnet in zone.items()}
    missing = sorted(set(subnet_ids) - set(there))
    if missing:
        raise RefusalError("InvalidSubnet", f"The subnet ID '{missing[0]}' does not exist.")
    if len({there[id_].vpc_id for id_ in subnet_ids}) > 1:
        raise RefusalError("InvalidSubnet", "The subnets are in several VPCs.")
    return [there[id_].availability_zone for id_ in subnet_ids]


def _subnet_group(backend: Any, params: Params) -> CacheSubnetGroup:
    name = params["CacheSubnetGroupName"]
    group: CacheSubnetGroup = found(backend.cache_subnet_groups, name, "CacheSubnetGroupNotFoundFault", "Cache subnet group")
    return group


def _create_subnet_group(backend: Any, params: Params) -> Record:
    zones(backend, params["SubnetIds"])  # the emulator makes up what is not there
    names = ("cache_subnet_group_name", "cache_subnet_group_description", "subnet_ids", "tags")
    values = ("CacheSubnetGroupName", "CacheSubnetGroupDescription", "SubnetIds", "Tags")
    return {"CacheSubnetGroup": backend.create_cache_subnet_group(**{n: params.get(v) for n, v in zip(names, values, strict=True)})}


def _modify_subnet_group(backend: Any, params: Params) -> Record:
    group = _subnet_group(backend, params)
    wanted = params.get("SubnetIds") or group.subnet_ids
    zones(backend, wanted)
    lost = set(group.subnet_ids) - set(wanted)
    if lost & {subnet for each in backend.replication_groups.values() for subnet in each.subnets if _is_in(each, group)}:
        raise RefusalError("SubnetInUse", f"The subnet ID {min(lost)} is in use.")
    name, told = group.cache_subnet_group_name, params.get("CacheSubnetGroupDescription", group.cache_subnet_group_description)
    fresh = CacheSubnetGroup(backend.account_id, backend.region_name, name, told, wanted, group.tags)
    backend.cache_subnet_groups[name] = fresh
    return {"CacheSubnetGroup": fresh}


def _is_in(replication_group: Any, group: CacheSubnetGroup) -> bool:
    return bool(replication_group.settings.get("CacheSubnetGroupName") == group.cache_subnet_group_name)


def _delete_subnet_group(backend: Any, params: Params) -> None:
    group = _subnet_group(backend, params)
    if any(_is_in(each, group) for each in backend.replication_groups.values()):
        raise RefusalError("CacheSubnetGroupInUse", f"Cache subnet group {group.cache_subnet_group_name} is currently in use.")
    del backend.cache_subnet_groups[group.cache_subnet_group_name]


def parameter_group(backend: Any, name: str | None) -> Record:
    """Return a parameter group. Raises RefusalError where there is none."""
    group: Record = found(shelf(backend, "parameter_groups"), name, "CacheParameterGroupNotFound", "CacheParameterGroup")
    return group


def _create_parameter_group(backend: Any, params: Params) -> Record:
    name, family = params["CacheParameterGroupName"], params["CacheParameterGroupFamily"]
    if name in shelf(backend, "parameter_groups"):
        raise RefusalError("CacheParameterGroupAlreadyExists", f"Parameter group {name} already exists")
    if family not in FAMILIES:
        raise RefusalError("InvalidParameterValue", f"CacheParameterGroupFamily {family} is not a valid parameter group family.")
    arn = arn_of(backend, "parametergroup", name)
    tag(backend, arn, params)
    told = {key: value for key, value in params.items() if key != "Tags"}
    group = shelf(backend, "parameter_groups")[name] = {**told, "ARN": arn, "IsGlobal": False, "values": {}}
    return {"CacheParameterGroup": group}


def _describe_parameter_groups(backend: Any, params: Params) -> Record:
    name = params.get("CacheParameterGroupName")
    return {"CacheParameterGroups": [parameter_group(backend, name)] if name else list(shelf(backend, "parameter_groups").values())}


def _describe_parameters(backend: Any, params: Params) -> Record:
    """Only those that somebody has set: what the engine sets itself is not known here."""
    values = parameter_group(backend, params["CacheParameterGroupName"])["values"]
    return {"Parameters": [{"ParameterName": name, "ParameterValue": value, "Source": "user"} for name, value in values.items()]}


def _named(params: Params) -> dict[str, str]:
    named = {each["ParameterName"]: each.get("ParameterValue", "") for each in params.get("ParameterNameValues") or ()}
    if len(named) > MOST_PARAMETERS:
        raise RefusalError("InvalidParameterValue", f"At most {MOST_PARAMETERS} parameters may be modified in one call.")
    return named


def _modify_parameters(backend: Any, params: Params) -> Record:
    group = parameter_group(backend, params["CacheParameterGroupName"])
    group["values"] |= _named(params)
    return {"CacheParameterGroupName": group["CacheParameterGroupName"]}


def _reset_parameters(backend: Any, params: Params) -> Record:
    group = parameter_group(backend, params["CacheParameterGroupName"])
    gone = group["values"] if params.get("ResetAllParameters") else _named(params)
    group["values"] = {name: value for name, value in group["values"].items() if name not in gone}
    return {"CacheParameterGroupName": group["CacheParameterGroupName"]}


def _delete_parameter_group(backend: Any, params: Params) -> None:
    name = parameter_group(backend, params["CacheParameterGroupName"])["CacheParameterGroupName"]
    if any(each.settings.get("CacheParameterGroupName") == name for each in backend.replication_groups.values()):
        raise RefusalError("InvalidCacheParameterGroupState", f"One or more cache clusters are still using the parameter group {name}.")
    del shelf(backend, "parameter_groups")[name]


def _list_tags(backend: Any, params: Params) -> Record:
    """The emulator's own refuses the ARNs of parameter groups and user groups."""
    return {"TagList": backend.tagging_service.list_tags_for_resource(params["ResourceName"])["Tags"]}


OPERATIONS: dict[str, Operation] = {
    "create_cache_subnet_group": _create_subnet_group,
    "modify_cache_subnet_group": _modify_subnet_group,
    "delete_cache_subnet_group": _delete_subnet_group,
    "create_cache_parameter_group": _create_parameter_group,
    "describe_cache_parameter_groups": _describe_parameter_groups,
    "describe_cache_parameters": _describe_parameters,
    "modify_cache_parameter_group": _modify_parameters,
    "reset_cache_parameter_group": _reset_parameters,
    "delete_cache_parameter_group": _delete_parameter_group,
    "list_tags_for_resource": _list_tags,
}
