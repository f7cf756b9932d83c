"""Leading the services to another instance: one setting, what they are told, and AWS's own word for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ops.change import Change, carry_out, report
from ops.console import done, progress, warn
from ops.database.instances import AVAILABLE, identifier_of, instance_of, section
from ops.database.parts import PROXY, PROXY_NAME, repointing, users
from ops.deployment import Deployment
from ops.errors import EngineError, RefusedError
from ops.guard import PARAMETER
from ops.landing import resource
from settings_database import PRIMARY

KEY = "database.use"
HEALTHY = {"AVAILABLE", "REGISTERING"}
"""What a proxy says of an instance that it is connected to, or is about to be."""


@dataclass(frozen=True)
class Led:
    """Where the services are led to, and the command that leads them back."""

    to: str
    """As `database.use` calls it."""
    back: Sequence[str]
    keys: Mapping[str, object] | None = None
    """What else changes in config."""


def repoint(deployment: Deployment, led: Led) -> None:
    """Set `database.use`, change what services are told and may log in to, and nothing else, and see it in AWS."""
    config, settings = section(deployment), deployment.target.file.settings()
    if config.use == led.to:
        progress(f"config leads services to {led.to} already; what AWS does is held to it")
    instance = instance_of(deployment, led.to)
    if instance.status != AVAILABLE or instance.source:
        told = f"it follows {instance.source}" if instance.source else f"it is {instance.status}"
        raise RefusedError(f"Services cannot be led to {led.to}: {told}; nothing was changed.", "Wait until it is available.")
    value = None if led.to == PRIMARY else led.to
    change = Change(f"lead services to the {led.to} database", {KEY: value}, repointing(settings), led.back)
    edit = carry_out(deployment, change)
    found = list(differences(deployment))
    if found:
        raise EngineError("\n".join(found), f"Run the command again; `switchyard drift {deployment.options}` says what differs.")
    done(f"database: services write to {led.to} ({instance.identifier}) from now on; what was written elsewhere stays there")
    if config.proxy:
        progress("the proxy keeps its address: connections are closed once, and the next ones reach that instance")
    else:
        warn("without a proxy, services read the new address within a minute, and open connections stay where they are: end those")
    report(deployment, change, edit)


def differences(deployment: Deployment) -> Iterator[str]:
    """Where AWS leads services elsewhere than config."""
    config, settings = section(deployment), deployment.target.file.settings()
    host = instance_of(deployment, config.use).address
    if config.proxy:
        yield from _behind_the_proxy(deployment, identifier_of(deployment, config.use))
        host = str(resource(deployment, PROXY, PROXY_NAME)["outputs"]["endpoint"])
    ssm = deployment.target.client("ssm")
    for service in users(settings):
        name = resource(deployment, PARAMETER, f"{settings.resource_name(service)}-endpoint-DATABASE_HOST")["id"]
        found = ssm.get_parameter(Name=name)["Parameter"]["Value"]
        if found != host:
            yield f"{name}: services are to be led to {host}, and are told {found}."


def _behind_the_proxy(deployment: Deployment, identifier: str) -> Iterator[str]:
    proxy = resource(deployment, PROXY, PROXY_NAME)["id"]
    targets = deployment.target.client("rds").describe_db_proxy_targets(DBProxyName=proxy)["Targets"]
    there = [target for target in targets if target["RdsResourceId"] == identifier]
    if not there:
        names = ", ".join(target["RdsResourceId"] for target in targets) or "nothing"
        yield f"{proxy}: {identifier} is to be behind the proxy, and {names} is."
    for state in (target.get("TargetHealth", {}).get("State", "") for target in there):
        if state not in HEALTHY:
            yield f"{proxy}: cannot reach {identifier} ({state.lower() or 'nothing known'})."
