"""RDS's groups in the emulator: changed in place, reset, and not deleted under those that use them. And its subscriptions: changed."""

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBParameterGroup, DBSubnetGroup, RDSBackend
from moto.rds.responses import RDSResponse

_subnets_deleted, _parameters_deleted = RDSBackend.delete_subnet_group, RDSBackend.delete_db_parameter_group


def mend() -> None:
    """Put the functions below in the place of the emulator's, or beside them where it has none."""
    for name, function in {
        "modify_db_subnet_group": _modify_subnets,
        "delete_subnet_group": _delete_subnets,
        "delete_db_parameter_group": _delete_parameters,
    }.items():
        setattr(RDSBackend, name, function)
    for name, function in {
        "reset_db_parameter_group": _reset_parameters,
        "modify_event_subscription": _modify_subscription,
        "add_source_identifier_to_subscription": _add_source,
        "remove_source_identifier_from_subscription": _remove_source,
    }.items():
        setattr(RDSResponse, name, function)


def _modify_subnets(backend: RDSBackend, subnet_name: str, description: str | None, subnets: list[Any]) -> DBSubnetGroup:
    """Change a subnet group: the emulator forgets it."""
    group = backend.describe_db_subnet_groups(subnet_name)[0]
    group.subnets = subnets
    group.description = group.description if description is None else description
    return group


def _delete_subnets(backend: RDSBackend, subnet_name: str) -> DBSubnetGroup:
    for database in backend.databases.values():
        if vars(database).get("_db_subnet_group_name") == subnet_name:
            raise RDSClientError(
                "InvalidDBSubnetGroupStateFault",
                f"Cannot delete the subnet group '{subnet_name}' because at least one database instance: "
                f"{database.db_instance_identifier} is still using it.",
            )
    return _subnets_deleted(backend, subnet_name)


def _delete_parameters(backend: RDSBackend, db_parameter_group_name: str) -> DBParameterGroup:
    if any(database.db_parameter_group_name == db_parameter_group_name for database in backend.databases.values()):
        raise RDSClientError(
            "InvalidDBParameterGroupState",
            f"One or more database instances are still members of this parameter group {db_parameter_group_name}, so the group "
            "cannot be deleted",
        )
    return _parameters_deleted(backend, db_parameter_group_name)


def _reset_parameters(response: RDSResponse) -> ActionResult:
    """Let parameters have the engine's values again: the emulator has no ResetDBParameterGroup."""
    name = response.params["DBParameterGroupName"]
    group = response.backend.modify_db_parameter_group(name, [])
    for parameter in response.params.get("Parameters", []):
        group.parameters.pop(parameter["ParameterName"], None)
    return ActionResult({"DBParameterGroupName": name})


def _modify_subscription(response: RDSResponse) -> ActionResult:
    """Change a subscription: the emulator has no ModifyEventSubscription."""
    found = _subscription(response)
    for name in ("sns_topic_arn", "source_type", "event_categories", "enabled"):
        setattr(found, name, response.params.get(name, getattr(found, name)))
    return ActionResult({"EventSubscription": found})


def _add_source(response: RDSResponse) -> ActionResult:
    found = _subscription(response)
    found.source_ids = [*found.source_ids, response.params["SourceIdentifier"]]
    return ActionResult({"EventSubscription": found})


def _remove_source(response: RDSResponse) -> ActionResult:
    found = _subscription(response)
    found.source_ids = [name for name in found.source_ids if name != response.params["SourceIdentifier"]]
    return ActionResult({"EventSubscription": found})


def _subscription(response: RDSResponse) -> Any:
    return next(iter(response.backend.describe_event_subscriptions(response.params["SubscriptionName"])))
