"""Specs of what RDS's instances are put into, and of who is told of their events."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

PARAMETERS = [
    {"name": "log_min_duration_statement", "value": "500", "applyMethod": "immediate"},
    {"name": "shared_preload_libraries", "value": "auto_explain,pg_stat_statements", "applyMethod": "pending-reboot"},
]


def _subnets(world: World) -> dict[str, Any]:
    return {"subnetIds": world.subnets(world.vpc()), "description": "The data tier.", "tags": {"tier": "data"}}


def _subscription(world: World) -> dict[str, Any]:
    return {
        "snsTopic": world.id("aws.sns.Topic"),
        "sourceType": "db-instance",
        "sourceIds": ["database", "database-replica"],
        "eventCategories": ["failover", "failure"],
        "tags": {"kind": "page"},
    }


SPECS = (
    Spec(
        type="aws.rds.SubnetGroup",
        inputs=_subnets,
        change={"description": "Databases.", "tags": {"tier": "database"}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.rds.ParameterGroup",
        inputs=lambda _: {"family": "postgres17", "description": "PostgreSQL", "parameters": PARAMETERS, "tags": {"tier": "data"}},
        change={"parameters": [{"name": "log_min_duration_statement", "value": "250"}, {"name": "rds.force_ssl", "value": "1"}]},
        replace={"family": "postgres18", "description": "another"},
    ),
    Spec(
        type="aws.rds.EventSubscription",
        inputs=_subscription,
        change={"sourceIds": ["database"], "eventCategories": ["failure"], "enabled": False, "tags": {}},
        replace={"name": "another"},
    ),
)
