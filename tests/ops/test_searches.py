"""Where what was half-made is looked for."""

import pytest

from ops.acts.inventory import KINDS
from ops.searches import AGAIN, SEARCHES
from sandbox.provider import rows
from tests.rendering import render_all


@pytest.mark.parametrize("stack", ["staging", "prod", "recovery"])
def test_every_type_of_the_program_can_be_settled(stack: str) -> None:
    """A type that nobody knows how to find would leave an interrupted update to the operator."""
    types = {found.type for found in render_all(stack).registrations if found.custom and not found.type.startswith("pulumi:")}
    assert types - SEARCHES.keys() - AGAIN == set()


def test_a_type_is_either_looked_for_or_made_again() -> None:
    """Never both."""
    assert SEARCHES.keys() & AGAIN == set()


def test_whatever_can_be_recovered_is_compared_by_the_rehearsals_inventory() -> None:
    """A type that is looked for after a kill could be doubled or lost by one; what is only recorded is not in the emulator."""
    kinds = {kind.rpartition(":")[2] for kind in SEARCHES}
    assert kinds - set(KINDS) == {row.type.rpartition(".")[2] for row in rows.of("aws").values() if row.recorded} & kinds
