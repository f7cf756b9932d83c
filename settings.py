"""Stack config as frozen models, all built and checked before the first resource.

`load()` reads the config of the stack that is being deployed; `parse()` does the same to plain values, for the commands and the tests.
Whatever can be decided from config alone is decided here, so that a plain `pulumi up` refuses it too. All errors are reported together.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import pulumi
from pulumi.runtime import config as runtime_config
from pydantic import Field, ValidationError

import settings_checks
import settings_types as types
from settings_backup import Backup
from settings_cdn import Cdn
from settings_contingency import Contingency
from settings_database import Database
from settings_errors import SettingsError, explain
from settings_limits import counting, one_of, some, unique, within
from settings_network import Domain, LoadBalancer, Network
from settings_recovery import Recovery
from settings_redis import Redis
from settings_service import Service
from settings_site import Site
from settings_types import Section
from settings_web_firewall import WebFirewall

NAMESPACE = "switchyard"
STACK_KEY, REGION_KEY = "pulumi:stack", "aws:region"
"""What is no section of ours: the name that Pulumi gives, and the one key of the provider's that is read."""


class Monitoring(Section):
    """Who is told, and how long records are kept."""

    page: Annotated[tuple[types.Email, ...], some("address"), unique("address")]
    """Woken at night: users are hurt now."""
    ticket: Annotated[tuple[types.Email, ...], some("address"), unique("address")]
    """Told in working hours."""
    log_retention_days: Annotated[int, one_of(types.RETENTION_DAYS, "days")] = 365
    """How long the services' logs and the record of connections are kept."""
    target_latency_p99_ms: Annotated[int, within(1, 60_000, "milliseconds")] = 1000
    """The objective for the slowest hundredth of answers."""


class Waiver(Section):
    """A policy violation that somebody answers for, for a time. The packs say when one has expired, or covers nothing."""

    policy: types.Text
    """The rule, as the violation names it."""
    resource: types.Text
    """A pattern of logical names, such as `api-*`."""
    reason: types.Text
    """Why it may stand."""
    approver: types.Text
    """Who says so."""
    expires: types.Day
    """The last day on which it holds, such as `2027-01-31` in quotes; at most 180 days ahead."""


class Settings(Section):
    """Everything that the program is told."""

    stack: Annotated[types.StackName, Field(alias=STACK_KEY)]
    """The stack's name, as Pulumi gives it."""
    region: Annotated[types.Region, Field(alias=REGION_KEY)]
    """The region that everything is in."""
    account_id: types.AccountId
    """The AWS account; the provider refuses any other."""
    domain: Domain
    """Where users find the application."""
    network: Network
    """The VPC."""
    services: Annotated[dict[types.ServiceName, Service], some("service")]
    """The services, by name."""
    shared_secrets: Annotated[tuple[types.SecretName, ...], counting(0, 50, "secrets"), unique("secret")] = ()
    """Names of secrets that are kept once for the stack: pins of any service list them beside their own, and read this one entry."""
    load_balancer: LoadBalancer = LoadBalancer()
    """The load balancer behind the CDN."""
    site: Site
    """The static site."""
    cdn: Cdn = Cdn()
    """What stands in front of the site and the services."""
    web_firewall: WebFirewall = WebFirewall()
    """What looks at each request at the edge."""
    monitoring: Monitoring
    """Who is told, and how long records are kept."""
    database: Database | None = None
    """The database; without the section there is none."""
    recovery: Recovery
    """Where copies go."""
    redis: Redis | None = None
    """The cache and store in memory; without the section there is none."""
    backup: Backup | None = None
    """What is backed up, for how long; without it there are no backups but the database's own."""
    contingency: Contingency = Contingency()
    """Emergency measures."""
    waivers: tuple[Waiver, ...] = ()
    """Policy violations that somebody answers for. Production has none."""

    @property
    def waits(self) -> bool:
        """Whether the stack waits to take over from one of another region: its database follows that one's and takes no writes."""
        return self.database is not None and self.database.copies

    @property
    def shuts_out(self) -> bool:
        """Whether the firewall blocks whoever is not `admitted`: in a lockdown, and always where the stack is for listed networks only."""
        return self.contingency.lockdown or not self.cdn.is_public

    @property
    def admitted(self) -> tuple[str, ...]:
        """The networks that the firewall knows as ours; a lockdown's stand in for those of a stack that is not public."""
        return self.contingency.allowed_networks if self.contingency.lockdown or self.cdn.is_public else self.cdn.only_networks

    @property
    def backup_regions(self) -> tuple[str | None, ...]:
        """The regions with a vault; None is the stack's own."""
        if self.backup is None:
            return ()
        return (None, self.recovery.region) if self.backup.copies.enabled else (None,)

    @property
    def database_users(self) -> tuple[str, ...]:
        """The services that log in to the database, each under the name of its resources."""
        return tuple(
            sorted(self.resource_name(name) for name, service in self.services.items() if types.Dependency.DATABASE in service.uses)
        )

    def resource_name(self, service: str) -> str:
        """The name that a service's resources begin with: the one under which it came up."""
        known = self.services.get(service)
        return (known.came_up_as if known else None) or service

    def own_secrets(self, service: Service) -> tuple[str, ...]:
        """The secrets that either of a service's colors names and that no other service has: each gets an entry of the service's own."""
        return tuple(secret for secret in service.secrets if secret not in self.shared_secrets)

    def readers(self, secret: str) -> tuple[str, ...]:
        """The services that read a shared secret, as their resources are named; sorted, since the file's order means nothing."""
        return tuple(sorted(self.resource_name(name) for name, service in self.services.items() if secret in service.secrets))


def parse(stack: str, region: str, values: Mapping[str, Any]) -> Settings:
    """Build settings from the values under `switchyard:`; raises SettingsError with every problem found."""
    given = {**values, STACK_KEY: stack, REGION_KEY: region}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        sound = _what_is_sound(given, error)
        raise SettingsError(stack, [*explain(error, Settings), *(settings_checks.across(sound) if sound is not None else [])]) from None
    problems = settings_checks.across(settings)
    if problems:
        raise SettingsError(stack, problems)
    return settings


def _what_is_sound(given: Mapping[str, Any], error: ValidationError) -> Settings | None:
    """The settings without the services and keys that are wrong in themselves, so that the rest is checked too."""
    places = [item["loc"] for item in error.errors(include_url=False)]
    wrong = {place[1] for place in places if place[0] == "services" and len(place) > 1}
    services = given.get("services")
    sound = {name: service for name, service in services.items() if name not in wrong} if isinstance(services, dict) else {}
    known = {field.alias or name for name, field in Settings.model_fields.items()}
    sections = {key: value for key, value in given.items() if key in known}
    try:
        return Settings(**{**sections, "services": sound})
    except ValidationError:
        return None


def load() -> Settings:
    """Build the settings of the stack that is being deployed, from its Pulumi config."""
    prefix = f"{NAMESPACE}:"
    config = {**runtime_config.get_config_env(), **runtime_config.CONFIG.get()}
    raw = {key.removeprefix(prefix): value for key, value in config.items() if key.startswith(prefix)}
    values = {key: decoded(key, value) for key, value in raw.items()}
    return parse(pulumi.get_stack(), config.get(REGION_KEY, ""), values)


def decoded(key: str, value: str) -> Any:
    """Turn a config value as Pulumi hands it over (sections as JSON, the account id as it was written) into plain data."""
    if key == "account_id":
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
