"""Where copies go, and how much a disaster may cost."""

import typing
from collections.abc import Iterator
from typing import Annotated

import settings_types as types
from settings_errors import Problem
from settings_limits import within
from settings_types import DIGEST, Color, Section

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
    yield from _waiting(settings)
    yield from _images(settings)
    if settings.recovery.region == settings.region:
        yield Problem(
            "switchyard:recovery.region", settings.recovery.region, "is the stack's own (aws:region), and would fail with it: name another"
        )


def _waiting(settings: "Settings") -> Iterator[Problem]:
    """A stack that waits serves nobody: its fleets are empty, and its database takes no writes."""
    if settings.waits and settings.domain.taken_over:
        fix = "set switchyard:database.promoted to true first, and the floors"
        told = f"would lead users to {', '.join(settings.domain.taken_over)} here, where the database takes no writes: {fix}"
        yield Problem("switchyard:domain.stands_in.now", value=True, allowed=told)


def _images(settings: "Settings") -> Iterator[Problem]:
    """What stands in for a region needs nothing of that region on the day on which it fails."""
    followed = settings.database.source_region if settings.database else None
    for name, service in settings.services.items():
        for color in Color:
            found = DIGEST.fullmatch(service.pins(color).image)
            if found and found["region"] == followed:
                fix = f"name its copy in {settings.region}, which the registry's replication makes"
                key = f"switchyard:services.{name}.{color}.image"
                yield Problem(key, service.pins(color).image, f"is kept in {followed}, which the stack stands in for: {fix}")
