"""Windows against what they mean minute by minute."""

from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from settings_windows import DAILY_WINDOW, DAY, DAYS, SHORTEST, WEEK, WEEKLY_WINDOW, daily, overlap, weekly

DAILY_TYPE, WEEKLY_TYPE = TypeAdapter(Annotated[str, DAILY_WINDOW]), TypeAdapter(Annotated[str, WEEKLY_WINDOW])
TIMES = st.integers(0, DAY // 10 - 1).map(lambda tenth: f"{tenth // 6:02}:{tenth % 6}0")
DAILY_TEXTS = st.tuples(TIMES, TIMES).map("-".join).filter(lambda text: daily(text)[1] >= SHORTEST)
WEEKLY_TEXTS = st.tuples(st.sampled_from(DAYS), TIMES, st.sampled_from(DAYS), TIMES).map(
    lambda part: f"{part[0]}:{part[1]}-{part[2]}:{part[3]}"
)


@pytest.mark.parametrize("text", ["02:00-03:00", "23:30-00:30", "00:00-23:59", "12:00-11:59"])
def test_a_time_of_day_of_an_hour_or_more_is_a_window(text: str) -> None:
    """Across midnight too."""
    assert DAILY_TYPE.validate_python(text) == text
    assert daily(text)[1] >= 60


@pytest.mark.parametrize("text", ["02:00-02:59", "02:00-02:00", "23:30-00:29", "24:00-01:00", "2:00-3:00", "02:00", "mon:02:00-mon:03:00"])
def test_what_aws_takes_for_no_daily_window_is_refused(text: str) -> None:
    """Too short, misspelt, or a day where none belongs."""
    with pytest.raises(ValidationError, match="must be a time of day in UTC of an hour or more, for example 02:00-03:00"):
        DAILY_TYPE.validate_python(text)


@pytest.mark.parametrize("text", ["tue:03:30-tue:04:30", "sun:23:30-mon:00:30", "sat:12:00-sun:12:00"])
def test_a_time_of_the_week_is_a_window(text: str) -> None:
    """Across the end of the week too, and at most a day."""
    assert WEEKLY_TYPE.validate_python(text) == text
    assert 60 <= weekly(text)[1] <= DAY


@pytest.mark.parametrize(
    "text",
    ["tue:03:30-tue:04:29", "tue:03:30-tue:03:30", "tue:03:30-mon:03:30", "Tue:03:30-Tue:04:30", "tuesday:03:30-tue:04:30", "03:30-04:30"],
)
def test_what_aws_takes_for_no_weekly_window_is_refused(text: str) -> None:
    """Too short, too long, misspelt, or without its day."""
    with pytest.raises(ValidationError, match="must be a time of the week in UTC, from an hour to a day, for example"):
        WEEKLY_TYPE.validate_python(text)


@pytest.mark.parametrize(
    ("of_each_day", "of_each_week", "meets"),
    [
        ("02:00-03:00", "tue:03:00-tue:04:00", False),
        ("02:00-03:01", "tue:03:00-tue:04:00", True),
        ("04:00-05:00", "tue:03:00-tue:04:00", False),
        ("23:30-00:30", "sun:23:00-mon:00:00", True),
        ("23:30-00:30", "mon:00:00-mon:01:00", True),
        ("00:00-01:00", "sun:23:30-mon:00:30", True),
        ("12:00-13:00", "sun:23:30-mon:00:30", False),
        ("12:00-13:00", "sat:13:00-sun:12:01", True),
        ("12:00-13:00", "sat:13:00-sun:12:00", False),
    ],
)
def test_windows_overlap_when_they_have_a_minute_in_common(of_each_day: str, of_each_week: str, *, meets: bool) -> None:
    """Across midnight and the end of the week; windows that touch do not."""
    assert overlap(of_each_day, of_each_week) is meets


def _minutes(first: int, length: int) -> set[int]:
    return {(first + minute) % WEEK for minute in range(length)}


@given(DAILY_TEXTS, WEEKLY_TEXTS.filter(lambda text: weekly(text)[1] > 0))
@settings(max_examples=150, deadline=None)
def test_overlap_is_what_a_walk_through_the_week_finds(of_each_day: str, of_each_week: str) -> None:
    """Minute by minute, for daily windows that AWS takes and weekly ones of any length."""
    (first, length), (start, duration) = daily(of_each_day), weekly(of_each_week)
    taken = _minutes(start, duration)
    found = any(_minutes(day * DAY + first, length) & taken for day in range(7))
    assert overlap(of_each_day, of_each_week) is found
