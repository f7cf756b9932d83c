"""RDS Proxy in the emulator: clients that log in by IAM, changes in place, and targets that are known by their proxy."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBProxyNotFoundFault, RDSClientError
from moto.rds.models import DBProxyTarget, DBProxyTargetGroup, RDSBackend
from moto.rds.responses import RDSResponse

NETWORKS = {"endpoint_network_type": "IPV4", "target_connection_network_type": "IPV4"}

CHANGED = {
    "Auth": "auth",
    "DefaultAuthScheme": "default_auth_scheme",
    "RequireTLS": "require_tls",
    "IdleClientTimeout": "idle_client_timeout",
    "DebugLogging": "debug_logging",
    "RoleArn": "role_arn",
    "SecurityGroups": "vpc_security_group_ids",
}
"""What ModifyDBProxy takes, and where the emulator keeps it."""

POOL = {
    "MaxConnectionsPercent": "max_connections",
    "MaxIdleConnectionsPercent": "max_idle_connections",
    "ConnectionBorrowTimeout": "borrow_timeout",
    "SessionPinningFilters": "session_pinning_filters",
    "InitQuery": "init_query",
}
"""What a pool's configuration consists of, and where the emulator keeps it."""

CRASHING = ("delete_db_proxy", "describe_db_proxy_targets", "describe_db_proxy_target_groups", "deregister_db_proxy_targets")
"""What the emulator cannot do for a proxy that is not there."""

_created, _registered = RDSResponse.create_db_proxy, RDSBackend.register_db_proxy_targets
_crashing = {name: getattr(RDSBackend, name) for name in CRASHING}


def mend() -> None:
    """Put the functions below in the place of the emulator's, or beside them where it has none."""
    for name, function in {"create_db_proxy": _create, "modify_db_proxy": _modify}.items():
        setattr(RDSResponse, name, function)
    setattr(RDSBackend, "register_db_proxy_targets", _register)  # noqa: B010 -- mypy takes this one
    setattr(RDSBackend, "modify_db_proxy_target_group", _configure)  # noqa: B010 -- as above
    setattr(DBProxyTargetGroup, "connection_pool_config", property(_pool))  # noqa: B010 -- as above
    for name, function in _crashing.items():
        setattr(RDSBackend, name, _looking_first(function))


def _create(response: RDSResponse) -> ActionResult:
    """Make a proxy: the emulator wants secrets even where clients log in by IAM, and forgets that they do."""
    given = response.params
    given["Auth"] = given.get("Auth") or []
    scheme = given.get("DefaultAuthScheme", "NONE")
    if scheme == "NONE" and not given["Auth"]:
        raise RDSClientError("InvalidParameterValue", "Auth must be given unless DefaultAuthScheme is IAM_AUTH")
    answer = _created(response)
    proxy = response.backend.db_proxies[given["DBProxyName"]]
    told = {name: given.get(name, default) for name, default in NETWORKS.items()}
    vars(proxy).update(told, default_auth_scheme=scheme)
    return answer


def _modify(response: RDSResponse) -> ActionResult:
    """Change a proxy: the emulator has no ModifyDBProxy."""
    proxy = response.backend.describe_db_proxies(response.params["DBProxyName"])[0]
    for name, place in CHANGED.items():
        if name in response.params:
            setattr(proxy, place, response.params[name])
    return ActionResult({"DBProxy": proxy})


def _register(backend: RDSBackend, db_proxy_name: str, *args: Any, **given: Any) -> list[DBProxyTarget]:
    """Register instances, which have an endpoint and a port; those that are not there are refused."""
    backend.describe_db_proxies(db_proxy_name)
    for name in given["db_instance_identifiers"]:
        backend.describe_db_instances(name)
    targets = _registered(backend, db_proxy_name, *args, **given)
    for target in targets:
        database = backend.databases.get(target.rds_resource_id)
        if database:
            vars(target).update(endpoint=database.address, port=database.port)
    return targets


def _configure(backend: RDSBackend, proxy_name: str, config: Any) -> DBProxyTargetGroup:
    """Change a pool: the emulator halves the idle connections whenever they are not said."""
    group = backend.describe_db_proxy_target_groups(proxy_name)[0]
    for name, place in POOL.items():
        if name in config:
            setattr(group, place, config[name])
    return group


def _pool(group: DBProxyTargetGroup) -> dict[str, Any]:
    return {name: vars(group).get(place) for name, place in POOL.items()}


def _looking_first(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, which looks for its proxy first."""

    def looks(backend: RDSBackend, proxy_name: str = "", **given: Any) -> Any:
        name = proxy_name or given.get("db_proxy_name", "")
        if name not in backend.db_proxies:
            raise DBProxyNotFoundFault(name)
        return function(backend, name, **{key: value for key, value in given.items() if key != "db_proxy_name"})

    return looks
