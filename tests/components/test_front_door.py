import pulumi_aws as aws
import pytest

from tests.configs import Changes, rendered
from tests.graph import plain
from tests.rendering import Rendering

PUBLIC: Changes = {"contingency.allowed_networks": ["203.0.113.0/24", "2001:db8::/48"]}
CLOSED: Changes = {**PUBLIC, "cdn.only_networks": ["198.51.100.0/24", "2001:db8:1::/48"]}
LOCKED: Changes = {"contingency.lockdown": True}


def passing(rendering: Rendering) -> list[str]:
    """The networks in the web firewall's two lists."""
    return [network for family in ("ipv4", "ipv6") for network in rendering.one(aws.wafv2.IpSet, f"waf-{family}").inputs["addresses"]]


def action(rendering: Rendering) -> set[str]:
    """What happens to those who are in neither."""
    return {*rendering.one(aws.wafv2.WebAclRule, "waf-lockdown").inputs["action"]}


@pytest.mark.parametrize(
    ("changes", "networks", "others"),
    [
        (PUBLIC, ["203.0.113.0/24", "2001:db8::/48"], "count"),
        ({**PUBLIC, **LOCKED}, ["203.0.113.0/24", "2001:db8::/48"], "block"),
        (CLOSED, ["198.51.100.0/24", "2001:db8:1::/48"], "block"),
        ({**CLOSED, **LOCKED}, ["203.0.113.0/24", "2001:db8::/48"], "block"),
    ],
    ids=["a public stack", "a public stack in lockdown", "a closed stack", "a closed stack in lockdown"],
)
def test_config_says_who_passes(changes: Changes, networks: list[str], others: str) -> None:
    """A closed stack is for its own networks; in lockdown only those of the emergency pass, there as well: they are the narrower ones."""
    made = rendered(changes)
    assert passing(made) == networks
    assert action(made) == {others}


def test_a_public_stack_may_go_into_lockdown_by_one_action() -> None:
    """The lists are there before, so that the measure is one write."""
    calm, locked = ({found.urn: found for found in rendered(changes).registrations} for changes in (PUBLIC, {**PUBLIC, **LOCKED}))
    assert calm.keys() == locked.keys()
    (urn,) = [urn for urn in calm if calm[urn] != locked[urn]]
    assert calm[urn].name == "waf-lockdown"
    assert {name for name in calm[urn].inputs if calm[urn].inputs[name] != locked[urn].inputs[name]} == {"action"}


def test_maintenance_asks_for_the_emergency_s_networks_too() -> None:
    """At the gate, behind the web firewall: the page is for everybody else who may come this far."""
    made = rendered({**CLOSED, "contingency.maintenance": True})
    assert (
        '"allowed_networks":["203.0.113.0/24","2001:db8::/48"]'
        in made.one(aws.cloudfront.KeyvaluestoreKey, "routing-maintenance").inputs["value"]
    )
    assert passing(made) == ["198.51.100.0/24", "2001:db8:1::/48"]


def test_who_releases_the_site_is_told_where(old_stack: Rendering) -> None:
    """The bucket, the distribution, and the store with the key."""
    assert plain(old_stack.outputs["site"]) == {
        "bucket": "site-0123456",
        "distribution": "cdn-id",
        "store": "arn:aws:cloudfront::123456789012:KeyValueStore/routing-store-id",
    }


def test_everything_at_the_edge_is_watched(old_stack: Rendering) -> None:
    """The firewall, the distribution, the functions, the check from outside; all of it where the figures are."""
    alarms = {found.name: found.inputs for found in old_stack.of(aws.cloudwatch.MetricAlarm)}
    names = {"waf-blocked", "cdn-5xx-rate", "cdn-origin-slow", "routing-site-fails", "routing-service-fails", "routing-answers-fails"}
    assert names | {"dns-away"} <= alarms.keys()
    assert {alarms[name]["region"] for name in names} == {"us-east-1"}
