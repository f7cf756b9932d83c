"""Every rule against the real stacks: clean as they are, and one change makes exactly that rule fire on exactly that resource."""

from collections.abc import Sequence
from functools import cache

import pytest

from tests import rendering
from tests.policies.driver import Answer, ask
from tests.policies.given import Given
from tests.policies.spec import RULES, SPECS, Case

STACKS = ("staging", "prod")
MUTATIONS = [(stack, name, case) for stack in STACKS for name, spec in SPECS.items() for case in spec.mutations]


def mutations(chosen: Sequence[tuple[str, str, Case]] = MUTATIONS) -> pytest.MarkDecorator:
    """Run a test for each mutation, under a readable name."""
    cases = [pytest.param(*each, id=f"{each[0]}, {each[1]}: {each[2].says}") for each in chosen]
    return pytest.mark.parametrize(("stack", "name", "case"), cases)


@cache
def resources(stack: str, *, preview: bool) -> Sequence[Given]:
    """Render a stack once: as a first preview sees it, or as an existing stack with all outputs known."""
    return [_given(each, preview=preview) for each in rendering.render(stack, preview=preview)]


def _given(each: rendering.Registration, *, preview: bool) -> Given:
    return Given(
        type=each.type,
        name=each.name,
        urn=each.urn,
        inputs=each.inputs,
        outputs={} if preview else rendering._outputs(each.type, each.name),
        options={"protect": each.protect, "ignoreChanges": list(each.ignore_changes)},
        sources=each.property_dependencies,
    )


def judged(stack: str, case: Case | None = None, *, preview: bool, unknown: bool = False) -> Answer:
    """Ask all rules of all packs about a stack, changed or not."""
    found = resources(stack, preview=preview)
    if case:
        found = case.apply(found, unknown=unknown)
    return ask(list(RULES.values()), found)


@pytest.mark.parametrize("preview", [True, False], ids=["new", "existing"])
@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_is_clean_and_nothing_about_it_is_undecided(stack: str, preview: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    """Also before anything of it exists."""
    found = judged(stack, preview=preview)
    assert [violation.message for violation in found.violations] == []
    assert found.waiting == []


@mutations()
def test_a_mutation_is_noticed_by_its_rule_alone_and_where_it_is(stack: str, name: str, case: Case) -> None:
    """One rule fires, on the resource that was changed and on no other."""
    assert judged(stack, case, preview=False).fired == {(name, key) for key in case.named}


@mutations()
def test_a_mutation_of_a_new_stack_is_noticed_or_undecided(stack: str, name: str, case: Case) -> None:
    """While ids are unknown a rule may have to wait, but only this one, and it says so."""
    found = judged(stack, case, preview=True)
    assert {rule for rule, _ in found.fired} | {waiting.rule for waiting in found.waiting} == {name}


@mutations([each for each in MUTATIONS if each[2].unknown])
def test_a_mutation_that_nobody_knows_yet_is_never_silence(stack: str, name: str, case: Case) -> None:
    """The unknown variant of the same change leaves the rule undecided, or is wrong whatever the value."""
    found = judged(stack, case, preview=False, unknown=True)
    assert name in {rule for rule, _ in found.fired} | {waiting.rule for waiting in found.waiting}
