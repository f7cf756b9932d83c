import fnmatch
import re

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.naming import fingerprint, fixed_name, identifiers, lowercase_name, stack_path


@pytest.fixture(autouse=True)
def _stack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in the staging stack."""
    monkeypatch.setattr(pulumi, "get_project", lambda: "switchyard")
    monkeypatch.setattr(pulumi, "get_stack", lambda: "staging")


def test_a_fixed_name_ends_in_its_fingerprint() -> None:
    """Project and stack stand first, since stacks may share an account."""
    assert fixed_name("fleets", 35) == f"switchyard-staging-fleets-{fingerprint('switchyard/staging/fleets')}"


@pytest.mark.parametrize("limit", [16, 32, 63])
@pytest.mark.parametrize("name", ["x", "x" * 100, "a.b/c d", "a" * 9 + "-" * 30])
def test_a_fixed_name_fits(name: str, limit: int) -> None:
    """Letters, digits and single hyphens between them, within the limit."""
    made = fixed_name(name, limit)
    assert len(made) <= limit
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*-[0-9a-f]{5}", made)


def test_names_that_are_cut_alike_differ() -> None:
    """Truncation alone lets two names collide: https://github.com/pulumi/pulumi-aws/issues/4220."""
    assert fixed_name("x" * 50 + "1", 32) != fixed_name("x" * 50 + "2", 32)


def test_two_stacks_never_have_the_same_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when the names run together to the same words."""
    here = fixed_name("a-b", 40)
    monkeypatch.setattr(pulumi, "get_stack", lambda: "staging-a")
    assert fixed_name("b", 40) != here


def test_a_path_names_project_and_stack() -> None:
    """Parameters, log groups and aliases of two stacks are apart."""
    assert stack_path() == "/switchyard/staging"
    assert stack_path("api", "blue") == "/switchyard/staging/api/blue"


@given(st.text())
def test_a_fingerprint_is_five_lowercase_hexadecimal_digits(text: str) -> None:
    """Whatever it is made of, it may stand in a name."""
    assert re.fullmatch(r"[0-9a-f]{5}", fingerprint(text))


@pytest.mark.parametrize("stack", ["staging", "Prod_EU", "a--b", "x" * 40, "_-_"])
def test_an_identifier_has_the_form_of_rds(monkeypatch: pytest.MonkeyPatch, stack: str) -> None:
    """Lowercase, no two hyphens in a row, within the limit; and the stack's pattern matches it."""
    monkeypatch.setattr(pulumi, "get_stack", lambda: stack)
    for name in ("database", "database-report", "database-restored"):
        made = lowercase_name(name, 63)
        assert re.fullmatch(r"(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]", made)
        assert fnmatch.fnmatchcase(made, identifiers())


def test_two_stacks_never_have_the_same_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when they differ in the case of a letter alone."""
    here = lowercase_name("database", 63)
    monkeypatch.setattr(pulumi, "get_stack", lambda: "Staging")
    assert lowercase_name("database", 63) != here
