"""The register of controls: complete, consistent with the rules, and fresh in the reference."""

from collections.abc import Iterable

import pytest

from ops.controls_page import controls_page
from policies.rules.requirement import register
from tests.policies.schema import resource_class
from tests.policies.spec import RULES
from tests.rendering import ROOT

CONTROLS, ROWS, SERVICES, TYPES = (register()[part] for part in ("controls", "rules", "services", "types"))
REASONS = {"exempt", "not_decidable"}
COVERED = {control: [rule for rule, row in ROWS.items() if control in row.get("security_hub", [])] for control in CONTROLS}


def test_the_page_is_fresh() -> None:
    """Else: `python -m ops.controls_page > docs/reference/controls.md`."""
    assert (ROOT / "docs" / "reference" / "controls.md").read_text(encoding="utf-8") == controls_page()


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_every_control_that_there_is(service: str) -> None:
    """In order: a number that is not listed is said to be none."""
    numbers, none = range(1, SERVICES[service]["to"] + 1), _numbers(SERVICES[service]["none"])
    assert none <= set(numbers[:-1])
    assert [control for control in CONTROLS if _service(control) == service] == [f"{service}.{n}" for n in numbers if n not in none]


def test_a_control_belongs_to_a_service() -> None:
    """The services are in order, so that they can be read."""
    assert list(dict.fromkeys(map(_service, CONTROLS))) == list(SERVICES)


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_has_a_rule_or_says_why_it_has_none(control: str) -> None:
    """One of both, so that nothing is forgotten and nothing is claimed that is not held."""
    assert bool(COVERED[control]) is not bool(REASONS & CONTROLS[control].keys())


@pytest.mark.parametrize("rule", ROWS)
def test_a_rule_names_controls_that_there_are(rule: str) -> None:
    """And nothing else that this file does not know."""
    assert set(ROWS[rule].get("security_hub", [])) <= CONTROLS.keys()
    assert ROWS[rule].keys() <= {"severity", "rationale", "remedy", "security_hub", "asvs", "top10"}
    assert set(ROWS[rule].get("top10", [])) <= {"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09"}


def test_controls_are_labelled_as_what_they_are() -> None:
    """FSBP is said of its own only, and of the CIS benchmark one version is named."""
    assert "FSBP ELB.4" in RULES["load_balancer_rejects_malformed_requests"].requirement.controls
    assert "Security Hub KMS.4" in RULES["key_rotates"].requirement.controls
    assert [control for rule in RULES.values() for control in rule.requirement.controls if control.startswith("CIS v1")] == []


@pytest.mark.parametrize("kind", [*TYPES["reviewed"], *TYPES["refused"]])
def test_a_type_is_one_of_the_provider_s(kind: str) -> None:
    """A misspelt one would be refused for ever, or never."""
    if kind.startswith("aws:"):
        assert resource_class(kind).pulumi_type == kind


def test_no_type_is_both_reviewed_and_refused() -> None:
    """The lists are in order, so that they can be read."""
    assert not set(TYPES["reviewed"]) & TYPES["refused"].keys()
    assert TYPES["reviewed"] == sorted(TYPES["reviewed"])


def _service(control: str) -> str:
    return control.partition(".")[0]


def _numbers(spans: Iterable[int | str]) -> set[int]:
    ends = [str(span).split("-") for span in spans]
    return {number for each in ends for number in range(int(each[0]), int(each[-1]) + 1)}


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md"])
def test_a_page_that_counts_the_rules_counts_all(page: str) -> None:
    """The number is the first thing that a new rule makes untrue."""
    assert f"{len(RULES)} rules" in (ROOT / page).read_text(encoding="utf-8")
