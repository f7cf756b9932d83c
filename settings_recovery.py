"""Where copies go, and how much a disaster may cost."""

import typing
from collections.abc import Iterator
from typing import Annotated

import settings_types as types
from settings_errors import Problem
from settings_limits import within
from settings_types import Section

if typing.TYPE_CHECKING:
    from settings import Settings

MONTH_MINUTES = 30 * 24 * 60


class Recovery(Section):
    """Where copies go, for the day on which the stack's own region fails, and the objectives for that day."""

    region: types.Region
    """Another region than the stack's."""
    point_minutes: Annotated[int, within(1, MONTH_MINUTES, "minutes")] = 60
    """The recovery point objective: so many minutes of what was written last may be lost."""
    time_minutes: Annotated[int, within(1, MONTH_MINUTES, "minutes")] = 240
    """The recovery time objective: so many minutes after somebody has decided, users are served again."""


def problems(settings: "Settings") -> Iterator[Problem]:
    """What is wrong between the section and the rest."""
    if settings.recovery.region == settings.region:
        yield Problem(
            "switchyard:recovery.region", settings.recovery.region, "is the stack's own (aws:region), and would fail with it: name another"
        )
