"""Redis in stack config: which engine, how large, and when AWS may work on it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from settings_errors import Problem
from settings_limits import matching, within
from settings_service import Service
from settings_types import Dependency, Section
from settings_windows import DAILY_WINDOW, WEEKLY_WINDOW, overlap

KEY = "switchyard:redis"

MOST_SNAPSHOT_DAYS = 35
"""AWS keeps automatic snapshots no longer."""
MOST_REPLICAS = 5
"""A group without shards has six nodes at most, and one is the primary."""


class Engine(StrEnum):
    """The program that runs on the nodes; both speak the same protocol."""

    VALKEY = "valkey"
    REDIS = "redis"


FAMILIES: Mapping[Engine, Mapping[str, str]] = {
    Engine.VALKEY: {"7.2": "valkey7", "8.0": "valkey8", "8.1": "valkey8", "8.2": "valkey8", "9.0": "valkey9"},
    Engine.REDIS: {"7.0": "redis7", "7.1": "redis7"},
}
"""The versions that AWS makes, with the family of the parameter group that each takes
(https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html). Older ones know no users with two passwords, or no
change of TLS in place."""


class Eviction(StrEnum):
    """What goes when the memory is full."""

    NOEVICTION = "noeviction"
    ALLKEYS_LRU = "allkeys-lru"
    ALLKEYS_LFU = "allkeys-lfu"
    ALLKEYS_RANDOM = "allkeys-random"
    VOLATILE_LRU = "volatile-lru"
    VOLATILE_LFU = "volatile-lfu"
    VOLATILE_RANDOM = "volatile-random"
    VOLATILE_TTL = "volatile-ttl"


class Redis(Section):
    """One group of nodes without shards: a primary, and replicas that take its place."""

    engine: Engine = Engine.VALKEY
    """`valkey`, which AWS recommends and charges less for, or `redis`."""
    version: Annotated[str, matching(r"\d+\.\d+", 'must be major and minor version in quotes, for example "8.2"')] = "8.2"
    """Of the engine; the family of its parameters follows from it. AWS goes up only, never back."""
    node_type: Annotated[
        str,
        matching(r"cache\.[a-z0-9]+\.(micro|small|medium|\d*x?large)", "must be a node type of ElastiCache, for example cache.m7g.large"),
    ]
    """Processor and memory of each node."""
    replicas: Annotated[int, within(0, MOST_REPLICAS, "replicas (AWS allows a group without shards six nodes)")] = 1
    """Nodes beside the primary: each can take its place, and answers readers."""
    multi_az: bool = True
    """Whether the nodes stand in several zones and a replica takes over by itself."""
    snapshot_days: Annotated[int, within(0, MOST_SNAPSHOT_DAYS, "days (AWS keeps snapshots no longer)")] = 7
    """How long the daily snapshots are kept; 0 makes none."""
    snapshot_window: Annotated[str, DAILY_WINDOW] = "02:00-03:00"
    """When the daily snapshot is taken, in UTC."""
    maintenance_window: Annotated[str, WEEKLY_WINDOW] = "tue:03:30-tue:04:30"
    """When AWS may replace a node or upgrade the engine's minor version, in UTC."""
    eviction_policy: Eviction = Eviction.VOLATILE_LRU
    """What goes when the memory is full; by default the keys that expire, those first that nobody asks for."""
    timeout_seconds: Annotated[int, within(0, 86_400, "seconds (0: never)")] = 0
    """When a connection on which nothing is said is closed; 0 leaves it open, as clients that pool connections expect."""
    password_version: Annotated[int, within(1, 1_000_000, "(a count of passwords)")] = 1
    """Which password the services are told. `switchyard rotate redis` raises it: the password before stays valid until the next time. Never
    lower it, since that would end the password that services use now."""

    @property
    def family(self) -> str:
        """The family of the parameter group, which no one sets, so that it cannot disagree with the engine."""
        return FAMILIES[self.engine][self.version]

    @property
    def nodes(self) -> int:
        """The primary and its replicas."""
        return 1 + self.replicas


def problems(redis: Redis | None, services: Mapping[str, Service]) -> Iterator[Problem]:
    """What is wrong between the parts of the section, and with those who use it."""
    if redis is None:
        yield from _missed(services)
        return
    versions = FAMILIES[redis.engine]
    if redis.version not in versions:
        fix = f"name one of {', '.join(versions)}, or another switchyard:redis.engine"
        yield Problem(f"{KEY}.version", redis.version, f"is no version of {redis.engine} that AWS makes: {fix}")
    if redis.multi_az and not redis.replicas:
        yield Problem(
            f"{KEY}.multi_az", redis.multi_az, f"needs a node that can take over: set {KEY}.replicas to 1 or more, or multi_az to false"
        )
    if redis.snapshot_days and overlap(redis.snapshot_window, redis.maintenance_window):
        told = f"overlaps {KEY}.maintenance_window ({redis.maintenance_window}), and AWS refuses both: move one of them"
        yield Problem(f"{KEY}.snapshot_window", redis.snapshot_window, told)


def _missed(services: Mapping[str, Service]) -> Iterator[Problem]:
    for name, service in services.items():
        if Dependency.REDIS in service.uses:
            fix = f"add a section {KEY} with its node_type, or take redis out of the list"
            yield Problem(
                f"switchyard:services.{name}.uses",
                [str(thing) for thing in service.uses],
                f"names redis, which the stack does not have: {fix}",
            )
