"""Waivers: what they let pass, what they do not, and that none is forgotten."""

import json
from datetime import timedelta
from typing import Any

import pytest

from policies.rules.catalogue import FAMILIES
from tests.policies.driver import NOWHERE, TODAY, Answer, ask
from tests.policies.given import changed
from tests.policies.spec import RULES, SPECS
from tests.rendering import stack_config

RULE = "key_rotates"
DATA = SPECS[RULE].compliant[0]
WAIVER = {"policy": RULE, "resource": "encryption-*", "reason": "Moved next week.", "approver": "somebody", "expires": "2026-12-31"}


def asked(*waivers: Any, broken: bool = True) -> Answer:
    """Ask the rule about a key that does not rotate, or one that does, with these waivers."""
    resources = changed(SPECS[RULE].compliant, {DATA.key: {"enableKeyRotation": not broken}})
    return ask([RULES[RULE]], resources, waivers=json.dumps(waivers))


def test_a_waived_violation_is_advice_and_says_who_answers_for_it() -> None:
    """It stays visible, to its last day."""
    found = asked(WAIVER)
    assert [(violation.rule, violation.level) for violation in found.violations] == [(RULE, "ADVISORY")]
    assert found.texts[0].startswith("Waived until 2026-12-31 by somebody: Moved next week.\nKeys rotate every year.")
    assert asked({**WAIVER, "expires": str(TODAY)}).violations[0].level == "ADVISORY"


@pytest.mark.parametrize(
    ("waiver", "told"),
    [
        ({**WAIVER, "expires": str(TODAY - timedelta(days=1))}, "has expired"),
        ({**WAIVER, "expires": str(TODAY + timedelta(days=181))}, "ends in more than 180 days"),
        ({**WAIVER, "expires": "soon"}, "has no day in `expires`"),
        ({**WAIVER, "expires": 20261231}, "lacks policy, resource, reason, approver or expires"),
        ({**WAIVER, "reason": " "}, "lacks policy, resource, reason, approver or expires"),
        ({key: value for key, value in WAIVER.items() if key != "approver"}, "lacks policy, resource, reason, approver or expires"),
    ],
    ids=["expired", "too far ahead", "no date", "a number", "no reason", "no approver"],
)
def test_what_is_no_waiver_lets_the_violation_stand(waiver: dict[str, Any], told: str) -> None:
    """And is one more."""
    found = asked(waiver)
    assert [(violation.rule, violation.level, violation.key) for violation in found.violations] == [
        (RULE, "MANDATORY", DATA.key),
        ("waivers", "MANDATORY", NOWHERE),
    ]
    assert found.texts[-1].startswith(f"switchyard:waivers[0] {told}")


@pytest.mark.parametrize("waiver", [WAIVER, {**WAIVER, "resource": "somewhere-else"}], ids=["nothing is wrong", "another resource"])
def test_a_waiver_that_covers_nothing_is_a_violation(waiver: dict[str, Any]) -> None:
    """It would be found when it is too late: for what comes next."""
    found = asked(waiver, broken=waiver is not WAIVER)
    assert found.texts[-1].startswith("switchyard:waivers[0] covers no violation.\nFix: correct or delete the entry")
    assert found.violations[-1].level == "MANDATORY"


def test_each_pack_answers_for_its_own_and_the_first_for_what_is_nobodys() -> None:
    """So that every bad waiver is told once."""
    rows = [{**WAIVER, "policy": "alarm_has_actions"}, {**WAIVER, "policy": "no_such_rule"}, "nonsense"]
    told = {family: _complaints(family, json.dumps(rows)) for family in FAMILIES}
    assert [text.split(" ")[0] for text in told["security"]] == ["switchyard:waivers[1]", "switchyard:waivers[2]"]
    assert [text.split(" ")[0] for text in told["monitoring"]] == ["switchyard:waivers[0]"]
    assert told["delivery"] == []


@pytest.mark.parametrize("config", ["{", "7", '{"policy": "key_rotates"}'])
def test_what_is_no_list_is_said(config: str) -> None:
    """Whatever else stands in its place waives nothing."""
    assert _complaints("security", config) == ["switchyard:waivers[0] lacks policy, resource, reason, approver or expires."]


def _complaints(family: str, config: str) -> list[str]:
    rules = [rule for rule in RULES.values() if rule.check.__module__.split(".")[2] == family]
    return [text.splitlines()[0] for text in ask(rules, [], waivers=config, pack=family).texts]


def test_production_has_none() -> None:
    """Nor has staging."""
    assert [stack_config(stack).get("switchyard:waivers", []) for stack in ("prod", "staging", "recovery")] == [[], [], []]
