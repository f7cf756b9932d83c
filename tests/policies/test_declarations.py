"""Rules are declared alike, so that one who has read one can read them all."""

import ast
from pathlib import Path

import pytest

from policies.rules.catalogue import FAMILIES
from policies.rules.layer import Rule
from policies.rules.requirement import register
from tests.policies.spec import RULES

RULES_FOLDER = Path(__file__).parents[2] / "policies" / "rules"
FILES = {path.stem: path for family in FAMILIES for path in (RULES_FOLDER / family).glob("*.py") if path.name != "__init__.py"}
FIELDS = ["name", "applies_to", "check"]


def test_every_file_of_a_family_is_a_rule_of_its_name() -> None:
    """A rule is looked up by the name that its violation prints, which is unique among all packs."""
    assert set(FILES) == set(RULES)
    assert len(FILES) == sum(len(list((RULES_FOLDER / family).glob("[a-z]*.py"))) for family in FAMILIES)


@pytest.mark.parametrize("name", FILES)
def test_a_rule_file_is_short_and_ends_with_the_declaration(name: str) -> None:
    """Why, what is found, and the rule: its fields in one order."""
    text = FILES[name].read_text()
    module = ast.parse(text)
    assert len(text.splitlines()) <= 70
    assert ast.get_docstring(module)
    declaration = module.body[-1]
    assert isinstance(declaration, ast.Assign)
    assert isinstance(declaration.value, ast.Call)
    assert [keyword.arg for keyword in declaration.value.keywords if keyword.arg != "may_wait_for"] == FIELDS


@pytest.mark.parametrize("name", FILES)
def test_a_rule_catches_nothing(name: str) -> None:
    """An exception is an answer, and only the layer may read it: a rule that caught it would turn undecided into passed."""
    assert not [node for node in ast.walk(ast.parse(FILES[name].read_text())) if isinstance(node, ast.Try)]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_demands_and_what_to_do(rule: Rule) -> None:
    """In whole sentences, and in terms of this project: a setting, a command or a component."""
    row = rule.requirement
    assert all(text.endswith(".") and "\n" not in text for text in (rule.description, row.rationale, row.remedy))
    assert rule.applies_to
    assert any(word in row.remedy for word in ("switchyard", "components/", "its component"))


def test_every_row_has_a_rule() -> None:
    """A rule that goes takes its row with it."""
    assert set(register()["rules"]) == set(RULES)
