"""Hypothesis strategies for stack configs that settings accept: every setting takes part, within its bounds."""

from typing import Any

from hypothesis import strategies as st

from settings_types import RESERVED_NAMES, Color

ACCOUNT = "123456789012"
ZONES = [f"eu-west-1{letter}" for letter in "abcd"]
ARM, X86 = ("m8g.large", "c7g.xlarge", "t4g.small"), ("m7i.large", "c7a.xlarge", "t3.small")
NAMES = st.one_of(
    st.sampled_from(["api", "web", "checkouts1", "a-b", "api-web"]), st.from_regex(r"[a-z][a-z0-9]{0,8}[a-z0-9]", fullmatch=True)
).filter(lambda name: name not in RESERVED_NAMES)
ENV_NAMES = st.sampled_from(["LOG_LEVEL", "WORKERS", "FEATURE_X", "REGION_NAME"])
ALLOWED = {"allowed_networks": ["203.0.113.0/24", "2001:db8::/48"]}
MEASURES: list[dict[str, Any]] = [
    {},
    {**ALLOWED, "lockdown": True},
    {**ALLOWED, "maintenance": True},
    {"aggressive_caching": True, "disabled_features": ["search", "exports"]},
]
RELEASES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True)
CDNS: dict[str, st.SearchStrategy[Any]] = {
    "session_cookie": st.sampled_from(["session", "__Host-id"]),
    "service_ttl_seconds": st.integers(0, 86_400),
    "price_class": st.sampled_from(["PriceClass_All", "PriceClass_200", "PriceClass_100"]),
    "content_security_policy": st.just({"default-src": ["'self'", "https://example.com"], "upgrade-insecure-requests": []}),
    "content_security_policy_reports_only": st.booleans(),
    "hsts_seconds": st.integers(31_536_000, 315_360_000),
    "only_networks": st.sampled_from([[], ["198.51.100.0/24"], ["2001:db8::/48"]]),
    "noindex": st.booleans(),
}
CLASSES = st.sampled_from(["db.t4g.medium", "db.m8g.large", "db.r8g.2xlarge"])
REPLICAS = st.fixed_dictionaries(
    {"instance_class": CLASSES}, optional={"zone": st.just("eu-west-1a"), "promoted": st.booleans(), "backup_days": st.integers(1, 35)}
)
DATABASES: dict[str, st.SearchStrategy[Any]] = {
    "multi_az": st.booleans(),
    "backup_days": st.integers(1, 35),
    "backup_window": st.sampled_from(["02:00-03:00", "23:30-00:30"]),
    "password_version": st.integers(1, 9),
    "insights": st.sampled_from([{}, {"mode": "advanced", "retention_days": 465}]),
    "ca": st.sampled_from(["rds-ca-rsa2048-g1", "rds-ca-ecc384-g1"]),
    "connections": st.integers(20, 5000),
    "slow_query_ms": st.integers(1, 60_000),
    "proxy": st.just({"idle_timeout_seconds": 60, "max_connections_percent": 50, "borrow_timeout_seconds": 5}),
    "replicas": st.dictionaries(st.sampled_from(["r1", "report"]), REPLICAS, max_size=2),
    "restore": st.sampled_from([{"from": "before-the-mistake"}, {"from": "2026-11-28T03:00:00Z", "retiring": True}]),
    "deletion_protection": st.booleans(),
    "archive": st.sampled_from([None, {}, {"days": [1, 15], "cold_after_days": 1, "retention_days": 181}]),
}
COPIES: dict[str, st.SearchStrategy[Any]] = {
    "replica_of": st.just(f"arn:aws:rds:eu-central-1:{ACCOUNT}:db:switchyard-prod-database-3f1b2"),
    "multi_az": st.booleans(),
    "promoted": st.booleans(),
}
LIMIT = {"paths": ["/api/login", "/api/token"], "requests": 10, "window_seconds": 60}
FIREWALLS: dict[str, st.SearchStrategy[Any]] = {
    "requests": st.integers(10, 2_000_000_000),
    "body_kb": st.sampled_from([16, 32, 48, 64]),
    "limits": st.dictionaries(st.sampled_from(["login", "token", "a"]), st.just(LIMIT), max_size=1),
}
REDISES: dict[str, st.SearchStrategy[Any]] = {
    "snapshot_days": st.integers(0, 35),
    "snapshot_window": st.sampled_from(["02:00-03:00", "23:30-00:30"]),
    "maintenance_window": st.sampled_from(["tue:03:30-tue:04:30", "sun:22:00-sun:23:00"]),
    "eviction_policy": st.sampled_from(["noeviction", "allkeys-lru", "volatile-ttl"]),
    "timeout_seconds": st.integers(0, 86_400),
    "password_version": st.integers(1, 1_000_000),
}
LOCKS: list[dict[str, Any]] = [{"mode": "governance"}, {"mode": "compliance", "grace_days": 3, "min_days": 1, "max_days": 36_500}]
BACKUP_COPIES: list[dict[str, Any]] = [{}, {"enabled": False}, {"daily_days": 14, "weekly_days": 14, "monthly_days": 200}]
BACKUPS: dict[str, st.SearchStrategy[Any]] = {
    "hour": st.integers(0, 23),
    "time_zone": st.sampled_from(["UTC", "Europe/Dublin", "America/New_York"]),
    "start_minutes": st.integers(60, 1440),
    "completion_minutes": st.integers(120, 10_080),
    "cold_storage_after": st.integers(1, 110),
    "may_delete": st.sampled_from([[], ["break-glass"], ["ops/one", "ops/two"]]),
    "copies": st.sampled_from(BACKUP_COPIES),
    "restore_testing": st.fixed_dictionaries(
        {},
        optional={
            "weekday": st.sampled_from(["MON", "SUN"]),
            "hour": st.integers(0, 23),
            "validation_hours": st.integers(1, 168),
            "which": st.sampled_from([["RDS"], ["S3"], ["S3", "RDS"]]),
        },
    ),
}
SECRETS = st.sampled_from(["payment-key", "mail-key", "k", "s" * 63])


def _hex(length: int) -> st.SearchStrategy[str]:
    return st.integers(0, 16**length - 1).map(lambda number: f"{number:0{length}x}")


def stacks() -> st.SearchStrategy[str]:
    """Names of stacks: ordinary ones, and as often one of 40 characters, the most that settings accept."""
    return st.one_of(st.sampled_from(["test", "prod"]), st.from_regex(r"[A-Za-z0-9_-]{40}", fullmatch=True))


@st.composite
def capacities(draw: st.DrawFn, fewest: int = 1) -> dict[str, Any]:
    """Sizes of a color that may take traffic, from the fewest instances on: min, hold, warm and starts within max."""
    largest = draw(st.integers(1, 20))
    least = draw(st.integers(fewest, largest))
    capacity: dict[str, Any] = {"min": least, "max": largest}
    capacity |= draw(st.fixed_dictionaries({}, optional={"hold": st.integers(0, largest), "warm": st.integers(0, largest)}))
    capacity |= draw(st.fixed_dictionaries({}, optional={"cpu_percent": st.integers(10, 90), "requests_per_target": st.integers(1, 5000)}))
    starts = st.fixed_dictionaries({"cron": st.sampled_from(["0 7 * * 1-5", "0 22 * * *"]), "desired": st.integers(least, largest)})
    return capacity | draw(
        st.fixed_dictionaries({}, optional={"schedule": st.lists(starts, max_size=2, unique_by=lambda start: str(start["cron"]))})
    )


@st.composite
def pins(draw: st.DrawFn, fewest: int = 1) -> dict[str, Any]:
    """The pins of a color, with so few instances at least."""
    types = draw(st.sampled_from([ARM, X86]))
    return {
        "image": f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/{draw(st.sampled_from(['api', 'team/web']))}@sha256:{draw(_hex(64))}",
        "ami": f"ami-{draw(_hex(17))}",
        "instance_types": draw(st.lists(st.sampled_from(types), min_size=1, max_size=3, unique=True)),
        "boot": 1,
        "port": draw(st.integers(1024, 65535).filter(lambda port: port != 8443)),
        "env": draw(
            st.dictionaries(ENV_NAMES, st.one_of(st.integers(), st.booleans(), st.sampled_from(["info", "a b=c", "ü"])), max_size=2)
        ),
        "secrets": draw(st.lists(SECRETS, max_size=2, unique=True)),
        "capacity": draw(capacities(fewest)),
    }


@st.composite
def services(draw: st.DrawFn, name: str, priority: int, drain_seconds: int, fewest: int = 1) -> dict[str, Any]:
    """A service whose paths are below its own name."""
    live = draw(st.sampled_from(Color))
    service = {
        "paths": [f"/{name}/{path}/*" for path in range(draw(st.integers(1, 4)))],
        "priority": priority,
        "health_path": draw(st.sampled_from(["/healthz", "/", "/-/ready"])),
        "stickiness_seconds": draw(st.integers(0, drain_seconds)),
        "uses": draw(st.lists(st.sampled_from(["database", "redis"]), unique=True)),
        "live": str(live),
        "blue": draw(pins(fewest)),
        "green": draw(pins(fewest)),
    }
    if draw(st.booleans()):
        service["canary"] = {"color": str(live.other), "percent": draw(st.integers(0, 99))}
    if draw(st.booleans()):
        service["previous"] = str(live.other)
    return service


@st.composite
def sites(draw: st.DrawFn) -> dict[str, Any]:
    """The static site: up to three releases, with and without a canary."""
    live, other, before = draw(st.lists(RELEASES, min_size=3, max_size=3, unique=True))
    site: dict[str, Any] = {"live": live, "single_page": draw(st.booleans())}
    if draw(st.booleans()):
        site["canary"] = {"release": other, "percent": draw(st.integers(0, 99))}
    if draw(st.booleans()):
        site["previous"] = before
    return site


def domains(*, may_answer: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Names of a stack, and of one that it may stand in for; what waits does not answer under it."""
    own = {"name": st.sampled_from(["app.example.com", "a.io"]), "hosted_zone_id": st.just("Z0123456789ABC")}
    now = st.sampled_from([False, may_answer])
    other = st.fixed_dictionaries({"name": st.just("www.example.com")}, optional={"now": now})
    return st.fixed_dictionaries(own, optional={"stands_in": other})


@st.composite
def redises(draw: st.DrawFn) -> dict[str, Any]:
    """Redis of both engines, with and without somebody to take over."""
    engine, version = draw(st.sampled_from([("valkey", "7.2"), ("valkey", "8.2"), ("valkey", "9.0"), ("redis", "7.1")]))
    replicas = draw(st.integers(0, 5))
    shape = {"engine": engine, "version": version, "node_type": "cache.t4g.small", "replicas": replicas}
    return shape | {"multi_az": draw(st.booleans()) and replicas > 0} | draw(st.fixed_dictionaries({}, optional=REDISES))


@st.composite
def databases(draw: st.DrawFn) -> dict[str, Any]:
    """The database: one of the stack's own, or a copy of another region's."""
    least = draw(st.integers(20, 1000))
    size: dict[str, Any] = {"version": "17.11", "instance_class": draw(CLASSES), "storage_gib": least, "max_storage_gib": 2 * least}
    if least >= 400:
        size |= draw(st.sampled_from([{}, {"iops": 16_000, "throughput_mibps": 1000}]))
    rest: dict[str, Any] = draw(st.one_of(st.fixed_dictionaries({}, optional=DATABASES), st.fixed_dictionaries(COPIES)))
    return size | rest


@st.composite
def backups(draw: st.DrawFn) -> dict[str, Any]:
    """Backups that stay the longer the rarer they are, within the lock."""
    days = sorted(draw(st.lists(st.integers(7, 400), min_size=3, max_size=3)))
    kept = dict(zip(("daily_days", "weekly_days", "monthly_days"), days, strict=True))
    section = {"lock": draw(st.sampled_from(LOCKS)), **kept, **draw(st.fixed_dictionaries({}, optional=BACKUPS))}
    if days[-1] < section.get("cold_storage_after", 0) + 90:
        section.pop("cold_storage_after", None)  # where it was not drawn, 89 days and less are as good
    return section


@st.composite
def configs(draw: st.DrawFn, most_services: int = 2) -> dict[str, Any]:
    """The config of a stack, keys as in its file."""
    drain_seconds = draw(st.integers(30, 600))
    names = draw(st.lists(NAMES, min_size=1, max_size=most_services, unique=True))
    priorities = draw(st.lists(st.integers(1, 16_666), min_size=len(names), max_size=len(names), unique=True))
    backup = {"switchyard:backup": draw(backups())} if draw(st.booleans()) else {}
    database = draw(databases())
    waits = "replica_of" in database and not database.get("promoted")
    return {
        **backup,
        "pulumi:disable-default-providers": ["*"],
        "aws:region": "eu-west-1",
        "switchyard:account_id": ACCOUNT,
        "switchyard:domain": draw(domains(may_answer=not waits)),
        "switchyard:network": {
            "cidr": draw(st.sampled_from(["10.20.0.0/16", "172.16.0.0/20", "192.168.0.0/23"])),
            "availability_zones": ZONES[: draw(st.integers(2, 4))],
            "nat": draw(st.sampled_from(["single", "per_zone"])),
            "cdn_prefix_list_id": "pl-4fa04526",
            "egress_cidrs": draw(st.sampled_from([[], ["0.0.0.0/0"], ["198.51.100.0/24", "203.0.113.0/24"]])),
        },
        "switchyard:load_balancer": {"drain_seconds": drain_seconds, "idle_timeout_seconds": draw(st.integers(1, 70))},
        "switchyard:monitoring": {
            "page": ["on-call@example.com"],
            "ticket": ["platform@example.com"],
            "log_retention_days": draw(st.sampled_from([1, 30, 3653])),
            "target_latency_p99_ms": draw(st.integers(1, 60_000)),
        },
        "switchyard:contingency": {"scale_floor": draw(st.integers(0, 30)), **draw(st.sampled_from(MEASURES))},
        "switchyard:redis": draw(redises()),
        "switchyard:recovery": {"region": draw(st.sampled_from(["eu-central-1", "us-east-1"]))},
        "switchyard:shared_secrets": draw(st.lists(SECRETS, max_size=3, unique=True)),
        "switchyard:database": database,
        "switchyard:site": draw(sites()),
        "switchyard:cdn": draw(st.fixed_dictionaries({}, optional=CDNS)),
        "switchyard:web_firewall": draw(st.fixed_dictionaries({}, optional=FIREWALLS)),
        "switchyard:services": {
            name: draw(services(name, priority, drain_seconds, 0 if waits else 1)) for name, priority in zip(names, priorities, strict=True)
        },
    }
