"""The settings of Redis, and what they refuse."""

from typing import Any

import pytest

from settings_redis import FAMILIES, Engine
from tests.configs import GONE, Changes, parsed, refusal

WINDOW = "must be a time of day in UTC of an hour or more, for example 02:00-03:00"

CASES: dict[str, tuple[Changes, str]] = {
    "several zones and nobody to take over": (
        {"redis.replicas": 0},
        "redis.multi_az: True needs a node that can take over: set switchyard:redis.replicas to 1 or more, or multi_az to false.",
    ),
    "a version of the other engine": (
        {"redis.engine": "redis", "redis.version": "8.2"},
        "redis.version: '8.2' is no version of redis that AWS makes: name one of 7.0, 7.1, or another switchyard:redis.engine.",
    ),
    "a version that does not exist": (
        {"redis.version": "8.9"},
        (
            "redis.version: '8.9' is no version of valkey that AWS makes: name one of 7.2, 8.0, 8.1, 8.2, 9.0, "
            "or another switchyard:redis.engine."
        ),
    ),
    "a version with its patch": (
        {"redis.version": "8.2.1"},
        "redis.version: '8.2.1' must be major and minor version in quotes, for example \"8.2\".",
    ),
    "a version that YAML takes for a number": ({"redis.version": 8.2}, "redis.version: 8.2 must be text: put it in quotes."),
    "another engine": ({"redis.engine": "memcached"}, "redis.engine: 'memcached' must be valkey or redis."),
    "a family, which follows from the version": (
        {"redis.family": "valkey8"},
        "redis.family: is not a setting (docs/reference/settings.md lists what there is).",
    ),
    "shards": ({"redis.shards": 2}, "redis.shards: is not a setting (docs/reference/settings.md lists what there is)."),
    "more replicas than AWS allows": (
        {"redis.replicas": 6},
        "redis.replicas: 6 must be 0 to 5 replicas (AWS allows a group without shards six nodes).",
    ),
    "windows that collide": (
        {"redis.snapshot_window": "03:00-04:00"},
        (
            "redis.snapshot_window: '03:00-04:00' overlaps switchyard:redis.maintenance_window (tue:03:30-tue:04:30), "
            "and AWS refuses both: move one of them."
        ),
    ),
    "a window that is too short": ({"redis.snapshot_window": "02:00-02:30"}, f"redis.snapshot_window: '02:00-02:30' {WINDOW}."),
    "snapshots beyond what AWS keeps": (
        {"redis.snapshot_days": 36},
        "redis.snapshot_days: 36 must be 0 to 35 days (AWS keeps snapshots no longer).",
    ),
    "an instance type of EC2's": (
        {"redis.node_type": "m7g.large"},
        "redis.node_type: 'm7g.large' must be a node type of ElastiCache, for example cache.m7g.large.",
    ),
    "no password": ({"redis.password_version": 0}, "redis.password_version: 0 must be 1 to 1000000 (a count of passwords)."),
    "an eviction that no engine knows": (
        {"redis.eviction_policy": "oldest"},
        (
            "redis.eviction_policy: 'oldest' must be noeviction, allkeys-lru, allkeys-lfu, allkeys-random, volatile-lru, volatile-lfu, "
            "volatile-random or volatile-ttl."
        ),
    ),
    "a secret that the stack makes": (
        {"services.api.blue.secrets": ["redis-password"]},
        "services.api.blue.secrets: 'redis-password' becomes REDIS_PASSWORD, which is set by what the service uses: choose another name.",
    ),
    "a service of this name": (
        {"services": {"redis": {}}},
        "services.redis: 'redis' is the name of the stack's Redis, which services use: give the service another one.",
    ),
}


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_has_one_line_that_says_what_to_do(mistake: str) -> None:
    """Key, bad value, what is allowed, the fix."""
    changes, line = CASES[mistake]
    assert f"\n  switchyard:{line}" in refusal(changes)


def test_a_service_that_uses_what_there_is_not_is_refused() -> None:
    """Each of them, by its key; a stack whose services use no Redis has no section."""
    told = refusal({"redis": GONE})
    for service in ("api", "web"):
        assert f"switchyard:services.{service}.uses: [" in told
    assert (
        "names redis, which the stack does not have: add a section switchyard:redis with its node_type, or take redis out of the list."
        in told
    )
    assert parsed({"redis": GONE, "services.api.uses": [], "services.web.uses": []}).redis is None


@pytest.mark.parametrize(("engine", "version"), [(engine, version) for engine in Engine for version in FAMILIES[engine]])
def test_the_family_follows_from_engine_and_version(engine: Engine, version: str) -> None:
    """The engine's name and the major version, as AWS calls its families."""
    redis = parsed({"redis.engine": engine, "redis.version": version}).redis
    assert redis
    assert redis.family == f"{engine}{version.split('.', maxsplit=1)[0]}"


@pytest.mark.parametrize("without", [{"redis.snapshot_days": 0}, {"redis.maintenance_window": "mon:06:00-mon:07:00"}])
def test_windows_that_cannot_collide_are_accepted(without: dict[str, Any]) -> None:
    """No snapshot is taken, or at another time."""
    assert parsed({"redis.snapshot_window": "03:00-04:00", **without}).redis


def test_one_node_alone_is_accepted_without_a_promise() -> None:
    """It says that nobody takes over."""
    redis = parsed({"redis.replicas": 0, "redis.multi_az": False}).redis
    assert redis
    assert redis.nodes == 1
