"""What the commands of the database say that they are about, held against what the program changes for them."""

from collections.abc import Callable, Sequence

import pytest
from pulumi.automation.events import OpType

from ops.database.parts import leading, promotion, repointing, restoring, rotation
from ops.parts import Part, strays
from ops.plan import Plan, Step
from settings import Settings
from tests.configs import Changes, parsed, rendered
from tests.graph import plain
from tests.ops.stand_in import step_of
from tests.rendering import Registration, Rendering

RESTORED: Changes = {"database.restore": {"from": "2026-11-27T03:00:00Z"}}
PROMOTED: Changes = {"database.replicas.r1.promoted": True}


def steps(before: Rendering, after: Rendering) -> list[Step]:
    """What an update from one to the other would do; whether a change makes a resource anew, the provider alone knows."""
    old, new = ({each.urn: each for each in made.registrations} for made in (before, after))
    made = [step_of(each.type, each.name, op=OpType.CREATE) for urn, each in new.items() if urn not in old]
    gone = [step_of(each.type, each.name, op=OpType.DELETE) for urn, each in old.items() if urn not in new]
    changes = {urn: _changes(each, new[urn]) for urn, each in old.items() if urn in new}
    return made + gone + [step_of(new[urn].type, new[urn].name, keys) for urn, keys in changes.items() if keys]


def _changes(before: Registration, after: Registration) -> tuple[str, ...]:
    keys = sorted(before.inputs.keys() | after.inputs.keys())
    return tuple(key for key in keys if plain(before.inputs.get(key)) != plain(after.inputs.get(key)))


def beside(parts: Sequence[Part], found: Sequence[Step], settings: Settings) -> list[str]:
    """The steps that these parts are not about; one that may be made anew may change."""
    known = {part.address(settings): part for part in parts}
    anew = {where for where, part in known.items() if OpType.REPLACE in part.ops}
    return [str(step) for step in strays(Plan(steps=[step for step in found if step.address not in anew]), known)]


@pytest.mark.parametrize(
    ("before", "after", "about"),
    [
        ({}, PROMOTED, lambda settings: [*leading(settings), *promotion("r1")]),
        (PROMOTED, {**PROMOTED, "database.use": "r1"}, repointing),
        ({}, RESTORED, lambda _: restoring()),
        (RESTORED, {**RESTORED, "database.use": "restored"}, repointing),
        ({}, {"database.password_version": 2}, lambda settings: rotation(settings.database)),
    ],
    ids=["promotion", "use of a promoted one", "restore", "use of a restored one", "rotation"],
)
def test_a_command_is_about_all_that_its_edit_changes(before: Changes, after: Changes, about: Callable[[Settings], Sequence[Part]]) -> None:
    """Else it would refuse itself."""
    settings = parsed(after)
    found = steps(rendered(before, preview=False), rendered(after, preview=False))
    assert found
    assert beside(about(settings), found, settings) == []
