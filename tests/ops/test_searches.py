"""Where what was half-made is looked for."""

import pytest

from ops.searches import AGAIN, SEARCHES
from tests.rendering import render_all


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_every_type_of_the_program_can_be_settled(stack: str) -> None:
    """A type that nobody knows how to find would leave an interrupted update to the operator."""
    types = {found.type for found in render_all(stack).registrations if found.custom and not found.type.startswith("pulumi:")}
    assert types - SEARCHES.keys() - AGAIN == set()


def test_a_type_is_either_looked_for_or_made_again() -> None:
    """Never both."""
    assert SEARCHES.keys() & AGAIN == set()
