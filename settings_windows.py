"""Times of the week at which AWS may work on what it keeps, in UTC: a daily window for copies, a weekly one for maintenance."""

import re

from settings_limits import checked

HOUR, DAY = 60, 24 * 60
"""In minutes."""
SHORTEST = HOUR
"""AWS takes no window that is shorter than an hour."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = len(DAYS) * DAY

TIME = r"([01]\d|2[0-3]):[0-5]\d"
DAILY = rf"{TIME}-{TIME}"
WEEKLY = rf"({'|'.join(DAYS)}):{TIME}-({'|'.join(DAYS)}):{TIME}"

Window = tuple[int, int]
"""First minute and length, in minutes; the first counts from midnight, or from Monday's."""


def daily(value: str) -> Window:
    """The window `HH:MM-HH:MM` of each day; one that ends before it begins goes across midnight."""
    return _window(value, DAY)


def weekly(value: str) -> Window:
    """The window `ddd:HH:MM-ddd:HH:MM` of each week; one that ends before it begins goes across Sunday's midnight."""
    return _window(value, WEEK)


def overlap(of_each_day: str, of_each_week: str) -> bool:
    """Whether a daily window and a weekly one have a minute in common; windows that touch have none."""
    (first, length), (start, duration) = daily(of_each_day), weekly(of_each_week)
    return any(_meet(day * DAY + first, length, start, duration) for day in range(len(DAYS)))


def _window(value: str, cycle: int) -> Window:
    start, end = (_minute(time) for time in value.split("-"))
    return start, (end - start) % cycle


def _minute(time: str) -> int:
    """Minutes since midnight, or since Monday's where a day is named."""
    *day, hours, minutes = time.split(":")
    return sum(DAYS.index(name) * DAY for name in day) + int(hours) * HOUR + int(minutes)


def _meet(one: int, length: int, other: int, duration: int) -> bool:
    """Whether two windows meet, round the week: one begins within the other."""
    return (other - one) % WEEK < length or (one - other) % WEEK < duration


def _checked_daily(value: str) -> str:
    if not re.fullmatch(DAILY, value, re.ASCII) or daily(value)[1] < SHORTEST:
        raise ValueError("must be a time of day in UTC of an hour or more, for example 02:00-03:00")
    return value


def _checked_weekly(value: str) -> str:
    if not re.fullmatch(WEEKLY, value, re.ASCII) or not SHORTEST <= weekly(value)[1] <= DAY:
        raise ValueError("must be a time of the week in UTC, from an hour to a day, for example tue:03:30-tue:04:30")
    return value


DAILY_WINDOW = checked(_checked_daily, pattern=f"^{DAILY}$")
"""A check that text is a daily window."""
WEEKLY_WINDOW = checked(_checked_weekly, pattern=f"^{WEEKLY}$")
"""A check that text is a weekly window."""
