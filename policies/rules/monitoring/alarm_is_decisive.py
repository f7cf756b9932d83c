"""An alarm says what a gap means, and is decided within a day by figures that it has."""

from collections.abc import Iterator

from policies.rules.aws_types import ALARM
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

LONGEST_SECONDS = 86400
"""CloudWatch looks back a day at most."""


def check(alarm: Resource) -> Iterator[Problem]:
    """Find an alarm that CloudWatch could never raise, or that it raises and clears by itself while figures are missing."""
    if alarm.value("treatMissingData", "missing") not in {"breaching", "notBreaching"}:
        yield alarm.problem("treatMissingData", "does not say whether a gap is good or bad")
    periods = alarm.value("evaluationPeriods")
    if not 1 <= alarm.value("datapointsToAlarm", periods) <= periods:
        yield alarm.problem("datapointsToAlarm", "must be between one and the number of periods")
    if alarm.value("period", LONGEST_SECONDS) * periods > LONGEST_SECONDS:
        yield alarm.problem("period", "times the number of periods is more than a day")
    if alarm.value("metricName", None) and alarm.has("statistic") == alarm.has("extendedStatistic"):
        yield alarm.problem("statistic", "must be set, or extendedStatistic, and not both")


RULE = ResourceRule(
    name="alarm_is_decisive",
    applies_to=(ALARM,),
    check=check,
)
