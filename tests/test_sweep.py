"""The sweep itself: what it changes, and what it notices."""

from policies.rules.aws_types import KEY, LAUNCH_TEMPLATE
from tests.policies.given import REMOVED, UNKNOWN, changed, given, secret
from tests.policies.test_real_stacks import judgement, resources
from tests.rendering import ROOT
from tests.sweep.__main__ import page
from tests.sweep.changes import changes
from tests.sweep.survivors import STACK, reasons, sweep


def test_every_value_is_made_worse_in_every_way() -> None:
    """Secrets and tags are let alone, and what is not known yet can only be removed."""
    inputs = {"on": True, "size": 3, "text": "a", "flag": "true", "list": ["a"], "late": UNKNOWN, "key": secret("x"), "tags": {"a": "b"}}
    made = {(path, said) for path, said, _ in changes(given(KEY, "a", inputs))}
    assert {said for path, said in made if path == "on"} == {"removed", "flipped"}
    assert {said for path, said in made if path == "size"} == {"removed", "0", "a hundred times as much"}
    assert {said for path, said in made if path == "text"} == {"removed", "something else"}
    assert {said for path, said in made if path == "flag"} == {"removed", "flipped"}
    assert {said for path, said in made if path == "list"} == {"removed", "empty"}
    assert {said for path, said in made if path == "late"} == {"removed"}
    assert not [path for path, _ in made if path.startswith(("key", "tags"))]


def test_it_notices_nothing_about_the_stack_as_it_is() -> None:
    """Else every change would seem to be noticed."""
    template = next(each for each in resources(STACK, preview=False) if each.type == LAUNCH_TEMPLATE)
    before = judgement(STACK, preview=False)
    assert not before.with_one(template).rules
    (worse,) = changed([template], {template.key: {"metadataOptions": REMOVED}})
    assert before.with_one(worse).rules == {"instances_require_imdsv2"}


def test_every_reason_explains_something() -> None:
    """One that fits nothing any more is a rule's success."""
    _, survivors = sweep()
    assert set(reasons().values()) == {each.because for each in survivors if each.because}


def test_everything_that_no_rule_notices_has_its_reason() -> None:
    """Else it is a rule that is missing."""
    _, survivors = sweep()
    assert [f"{each.type} {each.path}: {each.changes}" for each in survivors if not each.because] == []


def test_the_page_of_the_sweep_is_fresh() -> None:
    """Else: `make sweep`."""
    assert (ROOT / "docs" / "reference" / "sweep.md").read_text(encoding="utf-8") == page()
