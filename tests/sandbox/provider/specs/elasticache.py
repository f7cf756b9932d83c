"""Specs of ElastiCache."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

ON, OFF = "on ~* +@all", "off ~* -@all"

PASSWORDS = ["first-of-two-passwords", "second-of-two-passwords"]


def _user(world: World) -> dict[str, Any]:
    return {"userId": world.name(), "userName": "api", "engine": "valkey", "accessString": ON, "passwords": PASSWORDS[:1]}


def _user_group(world: World) -> dict[str, Any]:
    users = [world.id("aws.elasticache.User", **{**_user(world), "userName": name}) for name in ("default", "api")]
    return {"userGroupId": world.name(), "engine": "valkey", "userIds": users, "tags": {"service": "api"}}


SPECS = (
    Spec(
        type="aws.elasticache.SubnetGroup",
        inputs=lambda world: {"subnetIds": world.subnets(world.vpc()), "tags": {"tier": "data"}},
        change={"description": "Where the cache lives.", "tags": {"tier": "cache"}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.elasticache.ParameterGroup",
        inputs=lambda _: {"family": "valkey8", "parameters": [{"name": "maxmemory-policy", "value": "noeviction"}]},
        change={"parameters": [{"name": "timeout", "value": "300"}]},
        replace={"family": "valkey7"},
    ),
    Spec(
        type="aws.elasticache.User",
        inputs=_user,
        change={"passwords": PASSWORDS, "accessString": OFF},
        replace={"userName": "web"},
        not_imported=("passwords",),
    ),
    Spec(
        type="aws.elasticache.UserGroup",
        inputs=_user_group,
        change={"tags": {"service": "web"}},
        replace={"userGroupId": "another"},
    ),
)
