"""RDS: what instances are put into, and who is told of their events."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

MOST_PARAMETERS = 20
"""Parameters that one call changes or resets."""

SUBNETS = Naming(255, lower=True, pattern=r"[a-z0-9 _.-]+", says="lower-case letters, digits, spaces and _ . -")

PARAMETERS = Naming(255, lower=True, pattern=r"[a-z](-?[a-z0-9])*", says="lower-case letters, digits and single hyphens, a letter first")

STATIC = frozenset(
    {
        *("autovacuum_max_workers", "max_connections", "max_locks_per_transaction", "max_prepared_transactions", "max_replication_slots"),
        *("max_wal_senders", "max_worker_processes", "rds.logical_replication", "shared_buffers", "shared_preload_libraries"),
        *("track_activity_query_size", "track_commit_timestamp", "wal_buffers", "huge_pages"),
    }
)
"""Parameters of PostgreSQL that take effect when it starts
(https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html)."""

SUBNET_GROUP = "DBSubnetGroups[0] && merge(DBSubnetGroups[0], {subnetIds: DBSubnetGroups[0].Subnets[].SubnetIdentifier})"

SUBSCRIPTION = (
    "EventSubscriptionsList[0] && merge(EventSubscriptionsList[0], "
    "{sourceIds: EventSubscriptionsList[0].SourceIdsList, eventCategories: EventSubscriptionsList[0].EventCategoriesList})"
)

CHANGE = "{SubscriptionName: id, Enabled: enabled, EventCategories: eventCategories || `[]`}"

OURS = "{parameters: Parameters[?ParameterValue].{name: ParameterName, value: ParameterValue, applyMethod: ApplyMethod}}"


def _set_parameters(client: Any, facts: Facts) -> None:
    """Change the parameters that differ, and give the engine's values back to those that the program names no more."""
    old, new = ({each["name"]: each for each in facts_.get("parameters") or ()} for facts_ in (facts["old"], facts))
    changed = [_parameter(each) for name, each in new.items() if old.get(name) != each]
    gone = [_parameter({**old[name], "value": None}) for name in old if name not in new]
    for operation, parameters in ((client.modify_db_parameter_group, changed), (client.reset_db_parameter_group, gone)):
        for start in range(0, len(parameters), MOST_PARAMETERS):
            operation(DBParameterGroupName=facts["id"], Parameters=parameters[start : start + MOST_PARAMETERS])


def _parameter(each: Mapping[str, Any]) -> dict[str, Any]:
    told = {"ParameterName": each["name"], "ParameterValue": each["value"], "ApplyMethod": each.get("applyMethod") or "immediate"}
    return {name: value for name, value in told.items() if value is not None}


def _parameter_failures(inputs: Facts) -> Iterator[Failure]:
    names = [each.get("name") for each in inputs.get("parameters") or ()]
    for index, each in enumerate(inputs.get("parameters") or ()):
        if each.get("name") in STATIC and each.get("applyMethod", "immediate") == "immediate":
            yield f"parameters[{index}].applyMethod", f"{each['name']} takes effect when PostgreSQL starts: it is pending-reboot"
        if each.get("name") in names[:index]:
            yield f"parameters[{index}].name", f"{each['name']} is there already"


def _set_sources(client: Any, facts: Facts) -> None:
    """Add and remove what events are told of, one by one."""
    old, new = set(facts["old"].get("sourceIds") or ()), set(facts.get("sourceIds") or ())
    for name in sorted(old - new):
        client.remove_source_identifier_from_subscription(SubscriptionName=facts["id"], SourceIdentifier=name)
    for name in sorted(new - old):
        client.add_source_identifier_to_subscription(SubscriptionName=facts["id"], SourceIdentifier=name)


ROWS = (
    Row(
        type="aws.rds.SubnetGroup",
        noun="DBSubnetGroup",
        create=Call("create_db_subnet_group", take="DBSubnetGroup"),
        id="{name}",
        read=Call("describe_db_subnet_groups", "{DBSubnetGroupName: id}", SUBNET_GROUP),
        update=Call("modify_db_subnet_group"),
        delete=Call("delete_db_subnet_group", "{DBSubnetGroupName: id}"),
        names={"description": "DBSubnetGroupDescription"},
        defaults={"description": "Managed by Pulumi"},
        naming=SUBNETS,
        limits={"subnetIds": Limit(2, 100)},
    ),
    Row(
        type="aws.rds.ParameterGroup",
        noun="DBParameterGroup",
        create=Call("create_db_parameter_group", take="DBParameterGroup"),
        id="{name}",
        read=(
            Call("describe_db_parameter_groups", "{DBParameterGroupName: id}", "DBParameterGroups[0]"),
            Call("describe_db_parameters", "{DBParameterGroupName: id, Source: 'user'}", OURS),
        ),
        update=Call(_set_parameters, on=("parameters",)),
        delete=Call("delete_db_parameter_group", "{DBParameterGroupName: id}", when="!skipDestroy"),
        defaults={"description": "Managed by Pulumi"},
        replaces=("family", "description"),
        naming=PARAMETERS,
        limits={"parameters.applyMethod": Limit(choices=("immediate", "pending-reboot"))},
        check=_parameter_failures,
    ),
    Row(
        type="aws.rds.EventSubscription",
        create=Call("create_event_subscription", take="EventSubscription"),
        id="{name}",
        read=Call("describe_event_subscriptions", "{SubscriptionName: id}", SUBSCRIPTION),
        update=(Call("modify_event_subscription", CHANGE), Call(_set_sources, on=("sourceIds",))),
        delete=Call("delete_event_subscription", "{SubscriptionName: id}"),
        names={"name": "SubscriptionName", "snsTopic": "SnsTopicArn"},
        computed={"arn": "arn:aws:rds:{region}:{account}:es:{name}"},
        defaults={"enabled": True},
        naming=Naming(255, pattern=r"[A-Za-z](-?[A-Za-z0-9])*", says="letters, digits and single hyphens, a letter first"),
    ),
)
