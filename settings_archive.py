"""What is kept of the database for years: snapshots, exported into a bucket as files that need no database to be read."""

from collections.abc import Iterator
from typing import Annotated

from settings_errors import Problem
from settings_limits import some, unique, within
from settings_types import Section

LEAST_COLD_DAYS = 180
"""S3 Glacier Deep Archive charges for so many days, however soon a file goes (https://aws.amazon.com/s3/pricing/)."""

DayOfMonth = Annotated[int, within(1, 28, "a day that every month has")]


class Archive(Section):
    """Exports of the database's automated snapshots."""

    days: Annotated[tuple[DayOfMonth, ...], some("day"), unique("day")] = (1,)
    """The days of the month, in UTC, whose automated snapshot is exported."""
    cold_after_days: Annotated[int, within(1, 3650, "days")] = 30
    """When an export moves to S3 Glacier Deep Archive, from where it takes up to two days to be read."""
    retention_days: Annotated[int, within(1, 36_500, "days")] = 2557
    """When an export goes; seven years unless told otherwise."""


def problems(archive: Archive, key: str) -> Iterator[Problem]:
    """What is wrong with it as a whole, below the key given."""
    least = archive.cold_after_days + LEAST_COLD_DAYS
    if archive.retention_days < least:
        yield Problem(
            f"{key}.retention_days",
            archive.retention_days,
            f"is below {least}: Deep Archive charges for {LEAST_COLD_DAYS} days after {key}.cold_after_days; raise it, or move files later",
        )
