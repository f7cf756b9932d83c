"""Stack config as frozen models, all built and checked before the first resource.

`load()` reads the config of the stack that is being deployed; `parse()` does the same to plain values, for the commands and the tests.
Whatever can be decided from config alone is decided here, so that a plain `pulumi up` refuses it too. All errors are reported together.
"""

import json
from typing import Annotated, Any

import pulumi
from pulumi.runtime import config as runtime_config
from pydantic import Field, ValidationError

import settings_checks
import settings_types as types
from components import boot
from settings_errors import SettingsError, explain
from settings_types import Color, Dependency, Nat, Section

NAMESPACE = "switchyard"


class Domain(Section):
    """Where users find the application."""

    name: types.DomainName
    """The name that the certificate covers and the CDN answers to."""
    hosted_zone_id: types.HostedZoneId
    """The public Route 53 zone in which `name` lives."""


class Network(Section):
    """The VPC: three tiers (public, application, data) over the zones."""

    cidr: types.PrivateNetwork
    """Cut into sixteen equal subnets: a tier has four, one for each of up to four zones."""
    availability_zones: Annotated[tuple[types.Zone, ...], types.unique("zone")]
    """2 to 4 zones; adding one at the end moves no other subnet."""
    nat: Nat = Nat.PER_ZONE
    cdn_prefix_list_id: types.PrefixListId
    """The region's `com.amazonaws.global.cloudfront.origin-facing` list."""
    egress_cidrs: Annotated[tuple[types.Cidr, ...], types.unique("network")] = ("0.0.0.0/0",)
    """Where instances may open connections to outside the VPC, on 443 only; empty closes it."""


class LoadBalancer(Section):
    """The application load balancer behind the CDN."""

    drain_seconds: Annotated[int, types.within(boot.STOP_SECONDS + 5, 3600, "seconds (an instance may take 25 to stop)")] = 60
    """How long a target that leaves finishes its requests; bounds stickiness too."""
    idle_timeout_seconds: Annotated[int, types.within(1, 4000, "seconds")] = 60
    rules_quota: Annotated[int, types.within(3, 1000, "rules")] = 100
    """AWS's quota "Rules per Application Load Balancer" in this account: 100 unless AWS raised it. A service takes three."""
    log_retention_days: Annotated[int, types.within(1, 3653, "days")] = 365
    """How long access and connection logs are kept."""


class Start(Section):
    """A time at which a color is brought to a size, ahead of the load; target tracking goes on from there."""

    cron: Annotated[str, types.matching(r"\S+( \S+){4}", "must be a cron expression of five fields, for example 0 7 * * 1-5")]
    desired: Annotated[int, types.within(0, 1000, "instances")]
    time_zone: Annotated[str, types.matching(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", "must be an IANA time zone, for example Europe/Dublin")] = (
        "Etc/UTC"
    )


class Capacity(Section):
    """How many instances a color has. It belongs to the color and never depends on which one is live."""

    min: Annotated[int, types.within(0, 1000, "instances")]
    max: Annotated[int, types.within(0, 1000, "instances")]
    hold: Annotated[int, types.within(0, 1000, "instances")] = 0
    """A floor that the commands keep under a color while traffic moves; `switchyard settle` removes it."""
    warm: Annotated[int, types.within(0, 1000, "instances")] = 0
    """Stopped instances kept ready beside the group."""
    cpu_percent: Annotated[int, types.within(10, 90, "percent")] = 50
    """Target tracking keeps the color's average CPU use here."""
    requests_per_target: Annotated[int, types.within(1, 1_000_000, "requests a minute")] = 1000
    """Target tracking keeps each instance's requests a minute here."""
    schedule: tuple[Start, ...] = ()

    def floor(self, scale_floor: int) -> int:
        """The group's minimum size: the largest of `min`, `hold` and the emergency floor, at most `max`."""
        return min(max(self.min, self.hold, scale_floor), self.max)


class Pins(Section):
    """The pins of a color: with what never changes, all that enters its instances."""

    image: types.Image
    ami: types.Ami
    instance_types: Annotated[tuple[types.InstanceType, ...], Field(min_length=1, max_length=20), types.unique("instance type")]
    """In order of preference; all of one processor architecture, the AMI's."""
    boot: int
    """The version of the boot template, a folder of components/boot/."""
    port: Annotated[
        int, types.within(1024, 65535, "(ports below 1024 need root)"), types.other_than(boot.TLS_PORT, "where the instance ends TLS")
    ]
    """Where the container listens, on loopback."""
    env: dict[types.EnvName, types.EnvValue] = Field(default_factory=dict)
    secrets: Annotated[tuple[types.SecretName, ...], types.unique("secret")] = ()
    """Names only: the values live in Secrets Manager and are set there."""
    capacity: Capacity
    irreversible: bool = False
    """This release migrated data one way: `rollback` will not return to the color before it."""


class Canary(Section):
    """The share of a service's traffic that the color which is not live takes."""

    color: Color
    percent: Annotated[int, types.within(0, 99, "percent (`switchyard promote` moves all of it)")] = 0


class Service(Section):
    """One service of the application, in two colors."""

    paths: Annotated[tuple[types.PathPattern, ...], Field(min_length=1, max_length=4), types.unique("path")]
    priority: Annotated[int, types.within(1, 16_666, "(its rules take 3p-2 to 3p of AWS's 50,000)")]
    health_path: types.HealthPath
    """Both colors' releases must answer it with 200."""
    stickiness_seconds: Annotated[int, types.within(0, 3600, "seconds")] = 0
    uses: Annotated[tuple[Dependency, ...], types.unique("dependency")] = ()
    live: Color
    canary: Canary | None = None
    previous: Color | None = None
    """What `rollback` returns to; written by `promote`."""
    blue: Pins
    green: Pins

    def pins(self, color: Color) -> Pins:
        """The pins of one color."""
        return self.blue if color is Color.BLUE else self.green

    def weight(self, color: Color) -> int:
        """The color's share of the service's traffic, in percent."""
        canary = self.canary.percent if self.canary else 0
        return 100 - canary if color is self.live else canary

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets that either color names."""
        return tuple(sorted({*self.blue.secrets, *self.green.secrets}))


class Monitoring(Section):
    """Who is told, and how long records are kept."""

    page: Annotated[tuple[types.Email, ...], Field(min_length=1), types.unique("address")]
    """Woken at night: users are hurt now."""
    ticket: Annotated[tuple[types.Email, ...], Field(min_length=1), types.unique("address")]
    """Told in working hours."""
    log_retention_days: types.RetentionDays = 365
    target_latency_p99_ms: Annotated[int, types.within(1, 60_000, "milliseconds")] = 1000
    """The objective for the slowest hundredth of answers."""


class Contingency(Section):
    """Emergency measures."""

    scale_floor: Annotated[int, types.within(0, 1000, "instances")] = 0
    """The least capacity of every fleet, both colors, up to each one's `max`."""


class Settings(Section):
    """Everything that the program is told."""

    stack: str
    region: str
    account_id: types.AccountId
    domain: Domain
    network: Network
    services: Annotated[dict[types.ServiceName, Service], Field(min_length=1)]
    load_balancer: LoadBalancer = LoadBalancer()
    monitoring: Monitoring
    contingency: Contingency = Contingency()


def parse(stack: str, region: str, values: dict[str, Any]) -> Settings:
    """Build settings from the values under `switchyard:`; raises SettingsError with every problem found."""
    try:
        settings = Settings(**{**values, "stack": stack, "region": region})
    except ValidationError as error:
        raise SettingsError(stack, explain(error, Settings)) from None
    problems = settings_checks.across(settings)
    if problems:
        raise SettingsError(stack, problems)
    return settings


def load() -> Settings:
    """Build the settings of the stack that is being deployed, from its Pulumi config."""
    prefix = f"{NAMESPACE}:"
    config = {**runtime_config.get_config_env(), **runtime_config.CONFIG.get()}
    raw = {key.removeprefix(prefix): value for key, value in config.items() if key.startswith(prefix)}
    values = {key: decoded(key, value) for key, value in raw.items()}
    return parse(pulumi.get_stack(), config.get("aws:region", ""), values)


def decoded(key: str, value: str) -> Any:
    """Turn a config value as Pulumi hands it over (sections as JSON, the account id as it was written) into plain data."""
    if key == "account_id":
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
