import pytest

from components.signals import HOUR, MINUTE, OF_GROUP, OF_LOAD_BALANCER, OF_TARGET_GROUP, TRAFFIC, Missing, Signal, Tell

SIGNALS = [*OF_LOAD_BALANCER, *OF_TARGET_GROUP, *OF_GROUP]
LONGEST_WINDOW = {False: 24 * HOUR, True: 7 * 24 * HOUR}
"""Periods times their length: a day, or a week for periods of an hour and more (PutMetricAlarm)."""


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: f"{signal.metric}")
def test_a_signal_is_one_that_cloudwatch_can_watch(signal: Signal) -> None:
    """Whole minutes, a window that is not too long, and no more bad points than points."""
    assert signal.period_seconds % MINUTE == 0
    assert 1 <= signal.bad_periods <= signal.periods
    assert signal.periods * signal.period_seconds <= LONGEST_WINDOW[signal.period_seconds >= HOUR]
    assert signal.statistic in {"Sum", "Minimum", "Average", "Maximum", "p99"}


def test_roles_are_unique_among_what_shares_their_names() -> None:
    """An alarm is called `<resource>-<role>`."""
    assert len({signal.role for signal in OF_LOAD_BALANCER}) == len(OF_LOAD_BALANCER)
    assert len({signal.role for signal in (*OF_TARGET_GROUP, *OF_GROUP)}) == len(OF_TARGET_GROUP) + len(OF_GROUP)


def test_only_the_traffic_signal_tells_nobody() -> None:
    """It is one half of the composite alarm, and a color is idle only after an hour without a request."""
    assert [signal for signal in SIGNALS if signal.tell is Tell.NOBODY] == [TRAFFIC]
    assert TRAFFIC.period_seconds == HOUR


def test_silence_is_bad_where_something_must_always_be_counted() -> None:
    """A load balancer's counts are missing while nothing happens; a count of hosts never is."""
    assert {signal.metric for signal in SIGNALS if signal.missing is Missing.BAD} == {"HealthyHostCount", "GroupInServiceCapacity"}
    assert all(signal.below for signal in SIGNALS if signal.missing is Missing.BAD)


def test_every_meaning_is_a_sentence() -> None:
    """It is the first thing that somebody reads at night."""
    assert [signal.role for signal in SIGNALS if not (signal.meaning[0].isupper() and signal.meaning.endswith("."))] == []
