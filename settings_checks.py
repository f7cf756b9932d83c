"""What no single value of stack config can get wrong by itself."""

import typing
from collections.abc import Iterator
from itertools import combinations, product

from components import boot
from settings_errors import Problem
from settings_service import Capacity, Pins, Service
from settings_types import ENDPOINT_VARIABLES, Color

if typing.TYPE_CHECKING:
    from settings import Settings

TARGET_GROUPS_QUOTA = 100
"""Target groups of one load balancer, fixed by AWS."""
GROUP_RULES_QUOTA = 60
"""Rules of one security group in one direction (AWS quota "Inbound or outbound rules per security group")."""
PATHS_QUOTA = 70
"""A distribution has 75 cache behaviors by default; five are the site's."""
WILDCARDS_QUOTA = 6
"""Wildcards in one listener rule, fixed by AWS."""
SITE_PATHS = ("/", "/assets/*")
MIN_ZONES, MAX_ZONES = 2, 4


def across(settings: "Settings") -> list[Problem]:
    """Every problem that shows only when parts of the config are held against each other."""
    return [*_network(settings), *_quotas(settings), *_routing(settings.services), *_secrets(settings.services), *_services(settings)]


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


def _quotas(settings: "Settings") -> Iterator[Problem]:
    count, quota = len(settings.services), settings.load_balancer.rules_quota
    key = "switchyard:services"
    if 3 * count > quota:
        fix = 'ask AWS to raise "Rules per Application Load Balancer" and then set switchyard:load_balancer.rules_quota'
        yield Problem(key, f"{count} services", f"take {3 * count} listener rules and the quota is {quota}: {fix}")
    if 2 * count > TARGET_GROUPS_QUOTA:
        yield Problem(
            key,
            f"{count} services",
            f"take {2 * count} target groups, and AWS allows a load balancer {TARGET_GROUPS_QUOTA}: at most {TARGET_GROUPS_QUOTA // 2}",
        )
    paths = sum(len(service.paths) for service in settings.services.values())
    if paths > PATHS_QUOTA:
        yield Problem(
            key, f"{paths} paths", f"are more than the {PATHS_QUOTA} that a CDN distribution has room for: join some with a wildcard"
        )
    rules = len(settings.network.egress_cidrs) + 3 + max((len(service.uses) for service in settings.services.values()), default=0)
    if rules > GROUP_RULES_QUOTA:
        yield Problem(
            "switchyard:network.egress_cidrs",
            f"{rules} outbound rules",
            f"are more than a security group's {GROUP_RULES_QUOTA}: join networks, or allow 0.0.0.0/0",
        )


def _routing(services: dict[str, Service]) -> Iterator[Problem]:
    for (one, first), (two, second) in combinations(services.items(), 2):
        if first.priority == second.priority:
            yield Problem(f"switchyard:services.{two}.priority", second.priority, f"is {one}'s too: give each service its own")
        for path, taken in product(second.paths, first.paths):
            if overlap(path, taken):
                yield Problem(f"switchyard:services.{two}.paths", path, f"overlaps {taken} of {one}: a path belongs to one service")
    for name, service in services.items():
        yield from _paths(f"switchyard:services.{name}.paths", service.paths)


def _paths(key: str, paths: tuple[str, ...]) -> Iterator[Problem]:
    for path in paths:
        if any(overlap(path, owned) for owned in SITE_PATHS):
            fix = "choose a prefix of the service's own, for example /api/*"
            yield Problem(key, path, f"takes {', '.join(SITE_PATHS)} or all of them, which belong to the static site: {fix}")
    for path, twin in combinations(paths, 2):
        if overlap(path, twin):
            yield Problem(key, path, f"overlaps {twin}: keep the wider one")
    wildcards = sum(path.count("*") + path.count("?") for path in paths)
    if wildcards > WILDCARDS_QUOTA:
        yield Problem(key, f"{wildcards} wildcards", f"are more than the {WILDCARDS_QUOTA} that AWS allows a listener rule")


def overlap(one: str, two: str) -> bool:
    """Whether some path matches both patterns, `*` being any run of characters and `?` any one."""
    reached: dict[tuple[int, int], bool] = {}

    def meet(i: int, j: int) -> bool:
        if (i, j) not in reached:
            a, b = one[i : i + 1], two[j : j + 1]
            reached[i, j] = (
                (not a and not b)
                or (a == "*" and (meet(i + 1, j) or (bool(b) and meet(i, j + 1))))
                or (b == "*" and (meet(i, j + 1) or (bool(a) and meet(i + 1, j))))
                or (bool(a) and bool(b) and (a == b or "?" in (a, b)) and "*" not in (a, b) and meet(i + 1, j + 1))
            )
        return reached[i, j]

    return meet(0, 0)


def _secrets(services: dict[str, Service]) -> Iterator[Problem]:
    """Two entries of one name (`a` with secret `b-c`, `a-b` with secret `c`) would be one resource."""
    entries: dict[str, str] = {}
    for name, secret in ((name, secret) for name, service in services.items() for secret in service.secrets):
        first = entries.setdefault(f"{name}-{secret}", name)
        if first != name:
            yield Problem(f"switchyard:services.{name}", secret, f"would share its entry {name}-{secret} with {first}: rename the secret")


def _services(settings: "Settings") -> Iterator[Problem]:
    for name, service in settings.services.items():
        key = f"switchyard:services.{name}"
        yield from _traffic(key, service)
        if service.stickiness_seconds > settings.load_balancer.drain_seconds:
            yield Problem(
                f"{key}.stickiness_seconds",
                service.stickiness_seconds,
                f"must be at most load_balancer.drain_seconds ({settings.load_balancer.drain_seconds}), or a client outlives its color",
            )
        for color in Color:
            yield from _pins(f"{key}.{color}", service.pins(color))
            yield from _capacity(f"{key}.{color}.capacity", service.pins(color).capacity)


def _traffic(key: str, service: Service) -> Iterator[Problem]:
    if service.pins(service.live).capacity.max == 0:
        yield Problem(f"{key}.live", str(service.live), f"has no capacity: set {key}.{service.live}.capacity.max above 0 first")
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
        elif service.pins(canary.color).capacity.max == 0:
            yield Problem(f"{key}.canary.color", str(canary.color), f"has no capacity: set {key}.{canary.color}.capacity.max above 0 first")


def _pins(key: str, pins: Pins) -> Iterator[Problem]:
    if pins.boot not in boot.versions():
        yield Problem(f"{key}.boot", pins.boot, f"is not a boot template; there is {', '.join(map(str, boot.versions()))}")
    if len({architecture(kind) for kind in pins.instance_types}) > 1:
        yield Problem(f"{key}.instance_types", list(pins.instance_types), "mix Arm and x86: an AMI boots on one of them")
    yield from _variables(key, pins)


def _variables(key: str, pins: Pins) -> Iterator[Problem]:
    """An instance refuses to start when a variable is told twice."""
    told = {**dict.fromkeys(boot.PLATFORM_VARIABLES, "the boot template"), **dict.fromkeys(ENDPOINT_VARIABLES, "the service's endpoints")}
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
