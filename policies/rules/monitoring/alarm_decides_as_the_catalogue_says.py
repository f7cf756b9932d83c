"""An alarm is about a signal of the catalogue, and decides as it says."""

from collections.abc import Iterator

from components.catalogue import SLOW
from components.signals import Signal
from policies.rules.aws_types import ALARM
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.watched import signal_of


def check(alarm: Resource) -> Iterator[Problem]:
    """Find an alarm that CloudWatch has no figures for, or that somebody has made deaf."""
    found = signal_of(alarm)
    if not found:
        yield alarm.problem("metricName", "is none of the catalogue's in this namespace under these dimensions")
        return
    _, signal = found
    for path, wanted in _demands(signal).items():
        if alarm.value(path, None) != wanted:
            yield alarm.problem(path, "is not what the catalogue says")
    if not _tells_good_from_bad(alarm, signal):
        yield alarm.problem("threshold", "is not what the catalogue says, or can never be crossed")


def _demands(signal: Signal) -> dict[str, object]:
    return {
        "statistic": signal.plain_statistic,
        "extendedStatistic": signal.extended_statistic,
        "comparisonOperator": signal.comparison,
        "period": signal.period_seconds,
        "evaluationPeriods": signal.periods,
        "datapointsToAlarm": signal.bad_periods,
        "treatMissingData": str(signal.missing),
    }


def _tells_good_from_bad(alarm: Resource, signal: Signal) -> bool:
    threshold = alarm.value("threshold")
    return bool(threshold > 0 if signal.of_least or signal.own_threshold or signal is SLOW else threshold == signal.threshold)


RULE = ResourceRule(
    name="alarm_decides_as_the_catalogue_says",
    applies_to=(ALARM,),
    check=check,
)
