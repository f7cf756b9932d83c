"""The table of AWS's rule groups holds together."""

import re

from components.managed_rules import BASELINE, GROUPS, MOST_UNITS


def test_each_group_has_a_role_and_a_place_of_its_own() -> None:
    """AWS refuses two rules of one name or one priority."""
    assert len({group.role for group in GROUPS.values()}) == len(GROUPS)
    assert len({group.priority for group in GROUPS.values()}) == len(GROUPS)


def test_what_looks_at_addresses_comes_before_what_reads_requests() -> None:
    """And what AWS bills by the request comes last."""
    order = sorted(GROUPS, key=lambda name: GROUPS[name].priority)
    assert order[:2] == ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesAnonymousIpList"]
    assert order[-1] == "AWSManagedRulesBotControlRuleSet"


def test_a_pinned_version_is_one_of_a_versioned_group() -> None:
    """Written as AWS writes it."""
    pinned = {name: group for name, group in GROUPS.items() if group.version}
    assert all(group.versioned and re.fullmatch(r"Version_\d+\.\d+", group.version or "") for group in pinned.values())
    assert {name for name in BASELINE if GROUPS[name].versioned} <= pinned.keys()


def test_all_groups_together_fit_into_a_web_acl() -> None:
    """Their units are those of AWS's guide, none is 0, and no rule is listed twice."""
    assert 0 < sum(group.units for group in GROUPS.values()) <= MOST_UNITS
    assert all(group.units > 0 and len(set(group.rules)) == len(group.rules) for group in GROUPS.values())
