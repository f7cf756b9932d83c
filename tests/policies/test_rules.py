"""Every rule against its spec: compliant, broken one way at a time, and unknown."""

import pytest

from policies.rules import undecided
from policies.rules.report import WIDTH
from tests.policies.driver import Answer, ask
from tests.policies.given import UNKNOWN, Change, Key, changed, paths
from tests.policies.spec import RULES, SPECS, Case, cases

CASES = [pytest.param(name, case, id=f"{name}: {case.says}") for name, case in cases()]


def answer(rule: str, change: Change | None = None) -> Answer:
    """Ask one rule about its compliant resources with a change."""
    return ask([RULES[rule]], changed(SPECS[rule].compliant, change or {}))


def test_every_rule_has_a_spec_and_every_spec_a_rule() -> None:
    """Specs are found by the rule's name, so that none can be forgotten."""
    assert set(RULES) == set(SPECS)


@pytest.mark.parametrize("name", RULES)
def test_a_spec_breaks_its_rule_and_mutates_the_real_stack(name: str) -> None:
    """A spec without cases or mutations would prove nothing."""
    assert SPECS[name].cases
    assert SPECS[name].mutations


@pytest.mark.parametrize("name", RULES)
def test_compliant_resources_pass(name: str) -> None:
    """Nothing is wrong with what is right, and nothing is open."""
    assert answer(name).clean


@pytest.mark.parametrize(
    ("name", "change"),
    [pytest.param(name, change, id=f"{name}: {says}") for name, spec in SPECS.items() for says, change in spec.also_compliant.items()],
)
def test_other_ways_to_comply_pass(name: str, change: Change) -> None:
    """A rule does not forbid more than it means to."""
    assert answer(name, change).clean


@pytest.mark.parametrize(("name", "case"), CASES)
def test_one_change_makes_the_rule_fire_on_exactly_those_resources(name: str, case: Case) -> None:
    """The rule names the resource that is wrong, at mandatory level, and says what to do."""
    found = ask([RULES[name]], case.apply(SPECS[name].compliant))
    assert found.fired == {(name, key) for key in case.named}
    assert not found.waiting
    for violation in found.violations:
        assert violation.level == "MANDATORY"
        assert violation.severity == f"POLICY_SEVERITY_{RULES[name].requirement.severity.upper()}"
        assert _flat(RULES[name].requirement.remedy) in _flat(violation.message)
        assert violation.key[1] in violation.message
        assert max(map(len, violation.message.splitlines())) <= WIDTH


@pytest.mark.parametrize(("name", "case"), [pytest.param(name, case, id=f"{name}: {case.says}") for name, case in cases() if case.unknown])
def test_a_change_that_nobody_knows_yet_is_never_silence(name: str, case: Case) -> None:
    """What would break the rule if it were known leaves a trace while it is not."""
    assert not ask([RULES[name]], case.apply(SPECS[name].compliant, unknown=True)).clean


@pytest.mark.parametrize(
    ("name", "key", "path"),
    [pytest.param(name, key, path, id=f"{name}: {path} of {key[1]}") for name, spec in SPECS.items() for key, path in spec.undecided],
)
def test_an_unknown_input_makes_the_rule_undecided(name: str, key: Key, path: str) -> None:
    """The message names rule, property and the resource that has it, and nothing counts as a violation."""
    found = answer(name, {key: {path: UNKNOWN}})
    assert not found.violations
    assert {waiting.rule for waiting in found.waiting} == {name}
    holder = next(each for each in SPECS[name].compliant if each.key == key)
    assert {waiting.holder for waiting in found.waiting} == {undecided.label(holder.urn)}
    assert all(waiting.path.startswith(path) for waiting in found.waiting)


@pytest.mark.parametrize("name", RULES)
def test_no_unknown_input_is_a_violation_and_each_that_matters_is_told(name: str) -> None:
    """Every input of every compliant resource is unknown in turn: the rule does without it or is undecided."""
    told = {(each.key, path) for each in SPECS[name].compliant for path, _ in paths(each.inputs) if not _clean(name, each.key, path)}
    assert bool(told) == bool(SPECS[name].undecided)


def _clean(name: str, key: Key, path: str) -> bool:
    found = answer(name, {key: {path: UNKNOWN}})
    assert not found.violations, path
    return found.clean


def _flat(text: str) -> str:
    return " ".join(text.split())
