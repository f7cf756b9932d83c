"""No message holds a value, whether the engine calls it secret or not."""

import ast
from pathlib import Path
from typing import Any

import pytest

from policies import rules
from tests.policies.driver import ask
from tests.policies.given import Change, changed, leaves, secret
from tests.policies.spec import RULES, SPECS

CANARY = "hunter2-canary"
FILES = sorted(path for path in Path(rules.__file__).parent.glob("*/*.py") if path.name != "__init__.py")


def replacements(name: str, value: Any) -> Change:
    """Put the value in the place of every input of every compliant resource."""
    return {each.key: dict.fromkeys(leaves(each.inputs), value) for each in SPECS[name].compliant if each.inputs}


@pytest.mark.parametrize("value", [secret(CANARY), CANARY], ids=["secret", "not marked as secret"])
@pytest.mark.parametrize("name", RULES)
def test_a_canary_in_every_input_at_once_is_in_no_message(name: str, value: Any) -> None:
    """Whatever a rule makes of resources that are full of canaries, on top of each of its cases, it quotes none."""
    full = changed(SPECS[name].compliant, replacements(name, value))
    texts = [text for case in SPECS[name].cases for text in ask([RULES[name]], case.apply(full)).texts]
    assert texts
    assert not [text for text in texts if CANARY in text]


@pytest.mark.parametrize("value", [secret(CANARY), CANARY], ids=["secret", "not marked as secret"])
@pytest.mark.parametrize("name", RULES)
def test_a_canary_in_one_input_after_the_other_is_in_no_message(name: str, value: Any) -> None:
    """So every rule is judged, broken or crashed by one canary at a time."""
    for key, paths in replacements(name, value).items():
        for path in paths:
            found = ask([RULES[name]], changed(SPECS[name].compliant, {key: {path: value}}))
            assert not [text for text in found.texts if CANARY in text], path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_words_of_a_problem_stand_in_the_rule(file: Path) -> None:
    """A text that is built at run time could quote a value, so every one is a literal, and no rule makes a Problem by hand."""
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    problems = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "problem"]
    assert problems
    for call in problems:
        path, text = call.args
        assert isinstance(text, ast.Constant)
        assert isinstance(path, ast.Constant | ast.Name)
    assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Problem"]
