"""What the runbook shows is done: its rule, row and spec, as they stand on the page."""

import re
import types
from dataclasses import replace
from typing import Any

import pytest
import yaml

from policies.rules.layer import Rule
from policies.rules.requirement import Severity
from tests.policies.driver import ask
from tests.policies.given import UNKNOWN, changed
from tests.policies.spec import RULES, Case, Spec
from tests.policies.test_declarations import FIELDS
from tests.policies.test_real_stacks import STACKS, resources
from tests.rendering import ROOT

PAGE = (ROOT / "docs" / "runbooks" / "adding-a-rule.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\w+\n(.*?)```", PAGE, re.DOTALL)


def _run(block: str) -> Any:
    module = types.ModuleType("page")
    exec(block, vars(module))  # noqa: S102 -- the page's own code
    return module


@pytest.fixture(scope="module")
def rule() -> Rule:
    """The rule of the page, as the catalogue would load it."""
    module = _run(BLOCKS[0])
    found: Rule = replace(module.RULE, description=module.__doc__)
    return found


@pytest.fixture(scope="module")
def spec() -> Spec:
    """The spec of the page."""
    found: Spec = _run(BLOCKS[2]).SPEC
    return found


def test_the_rule_is_new_and_its_row_complete(rule: Rule) -> None:
    """And named alike everywhere on the page."""
    (name, row) = next(iter(yaml.safe_load(BLOCKS[1]).items()))
    assert rule.name == name
    assert name not in RULES
    assert {"severity", "rationale", "remedy"} <= row.keys()
    assert Severity(row["severity"])
    assert all(f"*{folder}/{name}.py*" in PAGE for folder in ("policies/rules/monitoring", "tests/policies/specs"))
    assert all(field in BLOCKS[0] for field in FIELDS)


def test_the_spec_proves_the_rule(rule: Rule, spec: Spec) -> None:
    """What complies passes, each case fires where it is, and an unknown value is undecided."""
    assert ask([rule], spec.compliant).clean
    for case in spec.cases:
        assert ask([rule], case.apply(spec.compliant)).fired == {(rule.name, key) for key in case.named}
    for key, path in spec.undecided:
        assert ask([rule], changed(spec.compliant, {key: {path: UNKNOWN}})).waiting


@pytest.mark.parametrize("stack", STACKS)
def test_its_mutations_are_noticed_in_the_real_stacks(rule: Rule, spec: Spec, stack: str) -> None:
    """Where the stacks themselves are clean."""
    real = resources(stack, preview=False)
    assert ask([rule], real).clean
    noticed: list[Case] = [case for case in spec.mutations if ask([rule], case.apply(real)).fired]
    assert noticed == list(spec.mutations)
