"""When AWS Backup's jobs may start: not while a database has a window of its own, nor in the hour before it."""

import re
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime

HOUR_MINUTES, DAY_MINUTES, WEEK_MINUTES = 60, 1440, 10_080
BEFORE_MINUTES = 60
"""So long before such a window, and while it lasts, jobs fail
(https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html)."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WINDOW = re.compile(r"(?:(?P<day>[a-z]{3}):)?(?P<hour>\d\d):(?P<minute>\d\d)-(?:[a-z]{3}:)?(?P<end_hour>\d\d):(?P<end_minute>\d\d)")
"""As RDS writes it, in UTC; one with a day is at most a day long."""
WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
"""A day on each side of every change of the clocks."""


def may_meet(hour: int, time_zone: str, minutes: int, window: str) -> bool:
    """Tell whether a job that starts daily at this hour of this zone, or up to so many minutes later, may meet a window.

    A window is `03:00-04:00` for every day or `sun:05:00-sun:06:00` for one, in UTC; what is neither meets nothing.
    """
    starts = _starts(hour, time_zone)
    return any(
        (first - start) % WEEK_MINUTES < minutes or (start - first) % WEEK_MINUTES < length
        for first, length in _closed(window)
        for start in starts
    )


def _starts(hour: int, time_zone: str) -> list[int]:
    """The minutes of the week, in UTC, in winter and in summer."""
    zone = zoneinfo.ZoneInfo(time_zone)
    clocks = [day.astimezone(zone).replace(tzinfo=UTC) - day for day in (WINTER, SUMMER)]
    times = {(hour * HOUR_MINUTES - int(clock.total_seconds()) // 60) % DAY_MINUTES for clock in clocks}
    return [day * DAY_MINUTES + minute for day in range(len(WEEKDAYS)) for minute in sorted(times)]


def _closed(window: str) -> Iterator[tuple[int, int]]:
    """When no job starts because of a window: from which minute of the week, for how long."""
    found = WINDOW.fullmatch(window)
    if not found:
        return
    first, last = (int(found[f"{end}hour"]) * HOUR_MINUTES + int(found[f"{end}minute"]) for end in ("", "end_"))
    length = (last - first) % DAY_MINUTES + BEFORE_MINUTES
    days = [WEEKDAYS.index(found["day"])] if found["day"] else range(len(WEEKDAYS))
    yield from ((day * DAY_MINUTES + first - BEFORE_MINUTES, length) for day in days)
