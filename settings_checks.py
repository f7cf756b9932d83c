"""What no single value of stack config can get wrong by itself."""

import typing
from collections.abc import Iterator
from itertools import chain

import settings_backup
import settings_cdn
import settings_contingency
import settings_database_checks
import settings_network
import settings_paths
import settings_quotas
import settings_recovery
import settings_redis
import settings_site
import settings_web_firewall
from components import boot
from settings_endpoints import ENDPOINT_VARIABLES, FEATURES_VARIABLE, THING_SECRETS, THING_VARIABLES
from settings_errors import Problem
from settings_service import Capacity, Pins, Service
from settings_types import SHARED, Color

if typing.TYPE_CHECKING:
    from settings import Settings

MIN_ZONES, MAX_ZONES = 2, 4


def across(settings: "Settings") -> list[Problem]:
    """Every problem that shows only when parts of the config are held against each other."""
    return [
        *settings_network.problems(settings.domain),
        *_network(settings),
        *settings_quotas.problems(settings),
        *settings_paths.routing(settings.services),
        *_secrets(settings),
        *_services(settings),
        *settings_web_firewall.problems(settings.web_firewall),
        *settings_site.problems(settings.site),
        *settings_cdn.problems(settings.cdn),
        *settings_contingency.problems(settings.contingency, settings.services),
        *settings_database_checks.problems(settings),
        *settings_recovery.problems(settings),
        *settings_redis.problems(settings.redis, settings.services),
        *(settings_backup.problems(settings.backup, settings_database_checks.windows(settings.database)) if settings.backup else []),
    ]


def _network(settings: "Settings") -> Iterator[Problem]:
    zones = settings.network.availability_zones
    if not MIN_ZONES <= len(zones) <= MAX_ZONES:
        yield Problem(
            "switchyard:network.availability_zones",
            list(zones),
            f"must be {MIN_ZONES} to {MAX_ZONES} zones: one is no protection, and a tier has {MAX_ZONES} subnets",
        )
    for zone in zones:
        if zone[:-1] != settings.region:
            yield Problem("switchyard:network.availability_zones", zone, f"is not a zone of {settings.region} (aws:region)")


def _secrets(settings: "Settings") -> Iterator[Problem]:
    """Two entries of one name (`a` with secret `b-c`, `a-b` with secret `c`) would be one resource."""
    entries = {f"{SHARED}-{secret}": "switchyard:shared_secrets" for secret in settings.shared_secrets}
    for name, secret in ((name, secret) for name, service in settings.services.items() for secret in settings.own_secrets(service)):
        entry = f"{settings.resource_name(name)}-{secret}"
        first = entries.setdefault(entry, name)
        if first != name:
            yield Problem(f"switchyard:services.{name}", secret, f"would share its entry {entry} with {first}: rename the secret")


def _services(settings: "Settings") -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for name, service in settings.services.items():
        key = f"switchyard:services.{name}"
        owner = owners.setdefault(settings.resource_name(name), name)
        if owner != name:
            yield Problem(f"{key}.came_up_as", settings.resource_name(name), f"is the name of {owner}'s resources: choose another name")
        yield from _traffic(key, service, settings)
        if service.stickiness_seconds > settings.load_balancer.drain_seconds:
            yield Problem(
                f"{key}.stickiness_seconds",
                service.stickiness_seconds,
                f"must be at most load_balancer.drain_seconds ({settings.load_balancer.drain_seconds}), or a client outlives its color",
            )
        for color in Color:
            yield from _pins(f"{key}.{color}", service.pins(color))
            yield from _capacity(f"{key}.{color}.capacity", service.pins(color).capacity)


def _traffic(key: str, service: Service, settings: "Settings") -> Iterator[Problem]:
    yield from _has_capacity(f"{key}.live", service, service.live, settings)
    if service.previous is service.live:
        yield Problem(
            f"{key}.previous", str(service.previous), "is the live color: `switchyard promote` writes the other one, or remove it"
        )
    canary = service.canary
    if canary and canary.percent:
        if canary.color is service.live:
            yield Problem(
                f"{key}.canary.color",
                str(canary.color),
                f"is live: a canary runs on {canary.color.other}; end it with canary.percent 0 before live changes",
            )
        else:
            yield from _has_capacity(f"{key}.canary.color", service, canary.color, settings)


def _has_capacity(leaf: str, service: Service, color: Color, settings: "Settings") -> Iterator[Problem]:
    """In a stack that waits nobody asks for anything, so that its fleets may be empty; from its promotion on they may not."""
    key = f"{leaf.removesuffix('.live').removesuffix('.canary.color')}.{color}.capacity"
    capacity = service.pins(color).capacity
    if capacity.max == 0:
        yield Problem(leaf, str(color), f"has no capacity: set {key}.max above 0 first")
    elif capacity.floor(settings.contingency.scale_floor) == 0 and not settings.waits:
        fix = "at least 1 there, or in switchyard:contingency.scale_floor, which holds for all fleets"
        yield Problem(f"{key}.min", capacity.min, f"lets a color that takes traffic shrink to nothing: {fix}")


def _pins(key: str, pins: Pins) -> Iterator[Problem]:
    if pins.boot not in boot.versions():
        yield Problem(f"{key}.boot", pins.boot, f"is not a boot template; there is {', '.join(map(str, boot.versions()))}")
    if len({architecture(kind) for kind in pins.instance_types}) > 1:
        yield Problem(f"{key}.instance_types", list(pins.instance_types), "mix Arm and x86: an AMI boots on one of them")
    yield from _variables(key, pins)


def _variables(key: str, pins: Pins) -> Iterator[Problem]:
    """An instance refuses to start when a variable is told twice."""
    told = {
        **dict.fromkeys(boot.PLATFORM_VARIABLES, "the boot template"),
        **dict.fromkeys([*ENDPOINT_VARIABLES, *chain.from_iterable(THING_VARIABLES.values())], "the service's endpoints"),
        **dict.fromkeys(map(secret_variable, chain.from_iterable(THING_SECRETS.values())), "what the service uses"),
        FEATURES_VARIABLE: "switchyard:contingency.disabled_features",
    }
    secrets = {secret_variable(secret): secret for secret in pins.secrets}
    for variable in sorted(secrets.keys() & told.keys()):
        yield Problem(f"{key}.secrets", secrets[variable], f"becomes {variable}, which is set by {told[variable]}: choose another name")
    told |= dict.fromkeys(secrets, f"{key}.secrets")
    for name in sorted(pins.env.keys() & told.keys()):
        yield Problem(f"{key}.env.{name}", None, f"is set by {told[name]}: choose another name")


def _capacity(key: str, capacity: Capacity) -> Iterator[Problem]:
    starts = {f"schedule[{place}].desired": start.desired for place, start in enumerate(capacity.schedule)}
    for name, value in {"min": capacity.min, "hold": capacity.hold, "warm": capacity.warm, **starts}.items():
        if value > capacity.max:
            yield Problem(f"{key}.{name}", value, f"is above max ({capacity.max}): raise max or lower it")
    if capacity.restore_minutes and capacity.min:
        yield Problem(f"{key}.restore_minutes", capacity.restore_minutes, "is for a color that may be empty: remove it, or set min to 0")
    for place, start in enumerate(capacity.schedule):
        if (start.cron, start.time_zone) in [(other.cron, other.time_zone) for other in capacity.schedule[:place]]:
            yield Problem(f"{key}.schedule[{place}].cron", start.cron, "starts when another one does: AWS takes one start at a time")
    for name, value in starts.items():
        if value < capacity.min:
            yield Problem(f"{key}.{name}", value, f"is below min ({capacity.min}), where AWS refuses to go: raise it or lower min")


def secret_variable(secret: str) -> str:
    """The environment variable under which a service finds a secret."""
    return secret.upper().replace("-", "_")


def architecture(instance_type: str) -> str:
    """`arm64` for Graviton (a `g` after the generation's digit, and a1), else `x86_64`."""
    family = instance_type.partition(".")[0]
    generation = next((index for index, letter in enumerate(family) if letter.isdigit()), len(family))
    return "arm64" if family == "a1" or "g" in family[generation:] else "x86_64"
