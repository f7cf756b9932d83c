"""The recovery stack follows production: what takes over one day is the same application, held as strictly."""

import re
from collections.abc import Mapping
from ipaddress import ip_network
from itertools import combinations

import pulumi_aws as aws
import pytest

from components.database_instance import IDENTIFIER_LIMIT
from settings_types import Color
from tests.configs import changed, parsed
from tests.rendering import Rendering, render_all
from tests.test_ratchet import of

PROD, RECOVERY = of("prod"), of("recovery")
OTHERWISE: Mapping[str, str] = {
    r"stack|region|domain\..*|recovery\.region": "It says which stack this is, and where.",
    r"network\.(cidr|availability_zones|cdn_prefix_list_id)": "It says where.",
    r"services\.\w+\.(blue|green)\.(image|ami)": "They are kept by region; the digest is the same.",
    r"services\.\w+\.(blue|green)\.capacity\.(min|restore_minutes)": "It waits at zero.",
    r"database\.(replica_of|proxy.*|replicas.*|copied_days)": "It follows production's: AWS pools and copies nothing without writes.",
}
"""Where the two differ, and why."""
GONE = "not set"


@pytest.mark.parametrize("key", sorted(PROD.keys() | RECOVERY.keys()))
def test_a_setting_is_production_s_or_says_why_not(key: str) -> None:
    """Whoever changes production changes what would take its place, in the same commit."""
    if not any(re.fullmatch(pattern, key) for pattern in OTHERWISE):
        assert RECOVERY.get(key, GONE) == PROD.get(key, GONE)


@pytest.mark.parametrize("service", ["api", "web"])
def test_the_same_releases_run(service: str) -> None:
    """By digest and repository, in the registry of its own region: production's is gone with production."""
    prod, recovery = parsed({}, "prod").services[service], parsed({}, "recovery").services[service]
    for color in Color:
        registry, _, release = recovery.pins(color).image.partition("/")
        assert release == prod.pins(color).image.partition("/")[2]
        assert ".eu-central-1." in registry
        assert recovery.pins(color).ami != prod.pins(color).ami


def test_it_waits_at_zero_and_says_how_long_it_takes() -> None:
    """No instance is paid for, and each fleet is declared cold."""
    recovery = parsed({}, "recovery")
    capacities = [service.pins(color).capacity for service in recovery.services.values() for color in Color]
    assert recovery.waits
    assert {capacity.floor(recovery.contingency.scale_floor) for capacity in capacities} == {0}
    assert all(capacity.restore_minutes for capacity in capacities)


def test_its_database_is_a_copy_of_production_s(new_stack: Rendering) -> None:
    """By the name that the program gives that one."""
    recovery = parsed({}, "recovery")
    name = new_stack.one(aws.rds.Instance, "database").inputs["identifier"]
    assert len(name) <= IDENTIFIER_LIMIT
    assert recovery.database
    assert recovery.database.replica_of == f"arn:aws:rds:eu-west-1:{recovery.account_id}:db:{name}"


def test_each_is_the_other_s_recovery_region() -> None:
    """Production's copies are where the stack waits; once that one is production, its copies go the other way."""
    prod, recovery = parsed({}, "prod"), parsed({}, "recovery")
    assert (prod.recovery.region, recovery.recovery.region) == (recovery.region, prod.region)
    assert recovery.domain.also == (prod.domain.name,)
    assert recovery.domain.taken_over == ()


def test_no_two_stacks_have_addresses_in_common() -> None:
    """They may have to be peered one day."""
    networks = [ip_network(parsed({}, stack).network.cidr) for stack in ("staging", "prod", "recovery")]
    assert not any(one.overlaps(other) for one, other in combinations(networks, 2))


def names(rendering: Rendering) -> set[str]:
    """The logical names of all that is made."""
    return {each.name for each in rendering.registrations if not each.name.startswith("switchyard")}


def test_what_waits_lacks_only_what_a_copy_cannot_have() -> None:
    """And the alarms that miss instances, which nobody misses where there are none."""
    waiting, prod = names(render_all("recovery")), names(render_all("prod"))
    empty = {f"{service}-{color}-{role}" for service in ("api", "web") for color in Color for role in ("few", "short")}
    database = ("database-proxy", "database-master", "database-copied", "database-last", "replica-")
    assert {name for name in prod - waiting if not name.startswith(database)} == empty
    assert {re.sub(r"-[0-9a-f]{5}$", "", name) for name in waiting - prod} == {"certificate-also", "database-db-lag"}


def test_what_has_taken_over_for_good_is_production_again() -> None:
    """After the last step of the runbook nothing is missing, no alarm either."""
    fleets = [f"services.{service}.{color}.capacity" for service in ("api", "web") for color in Color]
    replica = {"instance_class": "db.m8g.large"}
    settled = {
        "domain.stands_in.now": True,
        "database.promoted": True,
        "database.proxy": {},
        "database.copied_days": 14,
        "database.replicas": {"r1": replica, "r2": replica},
        **{fleet: {"min": 3, "max": 12} for fleet in fleets},
    }
    after, prod = names(render_all("recovery", changed(settled, "recovery"))), names(render_all("prod"))
    assert prod - after == set()
    assert {re.sub(r"-[0-9a-f]{5}\b", "", name) for name in after - prod} == {
        "certificate-also",
        "dns-ipv4",
        "dns-ipv6",
        "dns-health",
        "dns-away",
    }
