"""The settings of the web firewall, and the measures that go with it."""

from typing import Any

import pytest

import settings_web_firewall
from components.managed_rules import BASELINE, BASIC_UNITS, GROUPS
from settings_errors import SettingsError
from settings_web_firewall import WebFirewall, priority, told
from tests.configs import Changes, parsed, refusal

COMMON, REPUTATION = "AWSManagedRulesCommonRuleSet", "AWSManagedRulesAmazonIpReputationList"
NETWORK = "must be a network written with its first address, for example 203.0.113.0/24 or 2001:db8::/48 (AWS takes no /0)"


def groups(**more: Any) -> dict[str, Any]:
    """The groups that no stack goes without, and others."""
    return {**{name: {} for name in BASELINE}, **more}


def limits(**given: Any) -> Changes:
    """Limits as changes of stack config; what is not said is valid."""
    return {"web_firewall": {"limits": {name: {"paths": [f"/{name}"], "requests": 20, **limit} for name, limit in given.items()}}}


CASES: dict[str, tuple[Changes, str]] = {
    "a group that AWS does not have": (
        {"web_firewall": {"groups": groups(AWSManagedRulesCoreRuleSet={})}},
        (
            "web_firewall.groups.AWSManagedRulesCoreRuleSet: 'AWSManagedRulesCoreRuleSet' is not a managed rule group that can be used "
            f"here; there is {', '.join(GROUPS)}."
        ),
    ),
    "a group of the baseline left out": (
        {"web_firewall": {"groups": {name: {} for name in BASELINE if name != COMMON}}},
        f"web_firewall.groups: leaves out {COMMON}: name every group, since the default no longer counts.",
    ),
    "a version that is none": (
        {"web_firewall": {"groups": groups(**{COMMON: {"version": "1.20"}})}},
        f"web_firewall.groups.{COMMON}.version: '1.20' must be a version as AWS writes it, for example Version_1.23.",
    ),
    "a version of a group without versions": (
        {"web_firewall": {"groups": groups(**{REPUTATION: {"version": "Version_1.0"}})}},
        (
            f"web_firewall.groups.{REPUTATION}.version: 'Version_1.0' is for groups that AWS gives versions, and this one has none: "
            "remove it."
        ),
    ),
    "a group whose version nobody has chosen": (
        {"web_firewall": {"groups": groups(AWSManagedRulesLinuxRuleSet={})}},
        (
            "web_firewall.groups.AWSManagedRulesLinuxRuleSet.version: is missing: name one from AWS's changelog of managed rules, "
            "for example Version_2.0."
        ),
    ),
    "a count of a rule that the group lacks": (
        {"web_firewall": {"groups": groups(**{REPUTATION: {"count": ["SizeRestrictions_BODY"]}})}},
        (
            f"web_firewall.groups.{REPUTATION}.count: 'SizeRestrictions_BODY' is no rule of the group, and AWS would ignore it: it is one "
            "of AWSManagedIPReputationList, AWSManagedReconnaissanceList, AWSManagedIPDDoSList (a new rule of AWS's is added to "
            "components/managed_rules.py)."
        ),
    ),
    "the same rule counted twice": (
        {"web_firewall": {"groups": groups(**{COMMON: {"count": ["NoUserAgent_HEADER", "NoUserAgent_HEADER"]}})}},
        (
            f"web_firewall.groups.{COMMON}.count: ['NoUserAgent_HEADER', 'NoUserAgent_HEADER'] names NoUserAgent_HEADER twice: "
            "list each rule once."
        ),
    ),
    "a limit below AWS's least": (
        {"web_firewall.requests": 9},
        "web_firewall.requests: 9 must be 10 to 2000000000 requests (AWS counts no less).",
    ),
    "a path's limit below AWS's least": (
        limits(login={"requests": 9}),
        "web_firewall.limits.login.requests: 9 must be 10 to 2000000000 requests (AWS counts no less).",
    ),
    "a window that AWS does not count in": (
        limits(login={"window_seconds": 30}),
        "web_firewall.limits.login.window_seconds: 30 must be one of 60, 120, 300, 600 seconds.",
    ),
    "a path with a wildcard": (
        limits(login={"paths": ["/api/*"]}),
        (
            "web_firewall.limits.login.paths[0]: '/api/*' must be a path without wildcards, query and slash at the end, "
            "for example /api/login."
        ),
    ),
    "a limit of nothing": (
        limits(login={"paths": []}),
        "web_firewall.limits.login.paths: [] is empty: name at least one path.",
    ),
    "the same path twice in a limit": (
        limits(login={"paths": ["/a", "/a"]}),
        "web_firewall.limits.login.paths: ['/a', '/a'] names /a twice: list each path once.",
    ),
    "the same path in two limits": (
        limits(login={}, token={"paths": ["/login"]}),
        "web_firewall.limits.token.paths: '/login' is limited by login already: name it once.",
    ),
    "paths that no rule of AWS's holds": (
        limits(login={"paths": [f"/{number}/{'x' * 200}" for number in range(3)]}),
        "web_firewall.limits.login.paths: '3 paths' are too long for one rule of AWS's: make two limits of them.",
    ),
    "a limit of a long name": (
        limits(**{"password-reset": {}}),
        (
            "web_firewall.limits.password-reset: 'password-reset' must be at most 12 lowercase letters, digits and hyphens, "
            "starting with a letter."
        ),
    ),
    "a size that AWS does not read": ({"web_firewall.body_kb": 8}, "web_firewall.body_kb: 8 must be one of 16, 32, 48, 64 KB."),
    "lockdown for everybody": (
        {"contingency.lockdown": True},
        (
            "contingency.lockdown: True shuts out everybody, you included: name the networks that may pass in "
            "switchyard:contingency.allowed_networks (`switchyard impose lockdown --allow NETWORK`)."
        ),
    ),
    "an address for a network": (
        {"contingency.allowed_networks": ["203.0.113.7"]},
        f"contingency.allowed_networks[0]: '203.0.113.7' {NETWORK}.",
    ),
    "everybody as a network": ({"contingency.allowed_networks": ["::/0"]}, f"contingency.allowed_networks[0]: '::/0' {NETWORK}."),
    "the same network twice": (
        {"contingency.allowed_networks": ["203.0.113.0/24", "203.0.113.0/24"]},
        "contingency.allowed_networks: ['203.0.113.0/24', '203.0.113.0/24'] names 203.0.113.0/24 twice: list each network once.",
    ),
}


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_has_one_line_that_says_what_to_do(mistake: str) -> None:
    """Key, bad value, what is allowed, the fix: nothing else."""
    changes, line = CASES[mistake]
    assert refusal(changes) == f"Pulumi.prod.yaml has 1 error; nothing was touched.\n  switchyard:{line}"


def test_more_rate_rules_than_a_web_acl_holds_are_refused() -> None:
    """Ten, of which the whole site takes one."""
    nine: dict[str, Any] = {f"limit{number}": {} for number in range(9)}
    assert len(parsed(limits(**nine)).web_firewall.limits) == 9
    with pytest.raises(SettingsError, match=r"has 10: there must be 0 to 9 limits \(AWS allows a web ACL ten rate rules"):
        parsed(limits(**nine, limit9={}))


def test_more_capacity_than_a_web_acl_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what takes how much, the largest first."""
    monkeypatch.setattr(settings_web_firewall, "MOST_UNITS", 1000)
    with pytest.raises(
        SettingsError, match=rf"groups: takes 1329 capacity units \({COMMON} 700, .*, and AWS allows a web ACL 1000: leave out"
    ):
        parsed({})


def test_two_limits_in_one_place_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One name in ten thousand falls on another's place."""
    monkeypatch.setattr(settings_web_firewall, "PRIORITIES", 1)
    with pytest.raises(SettingsError, match=r"limits\.token: would stand where login stands in the web ACL: give it another name"):
        parsed(limits(login={}, token={}))


def test_the_limits_places_lie_between_the_groups_places() -> None:
    """After the lists of addresses, before what reads requests."""
    places = sorted(group.priority for group in GROUPS.values())
    lowest, highest = settings_web_firewall.FIRST_PRIORITY, settings_web_firewall.FIRST_PRIORITY + settings_web_firewall.PRIORITIES
    assert [place for place in places if lowest <= place < highest] == []
    assert lowest <= priority("login") < highest


def test_the_default_fits_into_what_the_basic_price_covers() -> None:
    """With the groups that no stack goes without, and more."""
    firewall = WebFirewall()
    assert set(BASELINE) < firewall.groups.keys()
    assert sum(firewall.units().values()) <= BASIC_UNITS
    assert told({"a": 1, "b": 2}) == "3 capacity units (b 2, a 1)"


def test_a_stack_may_be_locked_down() -> None:
    """With networks of both kinds that may pass."""
    made = parsed({"contingency": {"lockdown": True, "allowed_networks": ["203.0.113.0/24", "2001:db8::/48"]}})
    assert made.contingency.lockdown
    assert made.contingency.allowed_networks == ("203.0.113.0/24", "2001:db8::/48")
