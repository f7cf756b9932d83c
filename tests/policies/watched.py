"""An alarm on each kind of resource, as components/monitoring.py makes them: what the specs about alarms start from."""

from collections.abc import Mapping
from typing import Any

from components.catalogue import CATALOGUE
from components.signals import Dimension, Signal, Subject
from policies.rules.aws_types import ALARM
from policies.rules.edge import EDGE_REGION
from policies.rules.watched import WORLDWIDE
from tests.policies.given import Given, given


def inputs_of(subject: Subject, signal: Signal, dimensions: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of an alarm."""
    percentile = signal.statistic.startswith("p")
    return {
        "namespace": subject.namespace,
        "metricName": signal.metric,
        "dimensions": dict(dimensions),
        ("extendedStatistic" if percentile else "statistic"): signal.statistic,
        "comparisonOperator": "LessThanThreshold" if signal.below else "GreaterThanThreshold",
        "threshold": signal.threshold or (1 if signal.of_least or signal.own_threshold or percentile else 0),
        "period": signal.period_seconds,
        "evaluationPeriods": signal.periods,
        "datapointsToAlarm": signal.bad_periods,
        "treatMissingData": str(signal.missing),
    }


def resources() -> dict[str, Given]:
    """A resource of each type that is watched, and of those whose outputs are dimensions."""
    outputs: dict[str, dict[str, Any]] = {}
    for subject in CATALOGUE:
        for dimension in subject.dimensions.values():
            *inside, last = (dimension.output or "id").split(".")
            place = outputs.setdefault(dimension.type, {})
            for step in inside:
                place = place.setdefault(step, {})
            place[last] = _told(dimension)
    return {kind: given(kind, "watched", {}, outputs=told) for kind, told in outputs.items()}


def _told(dimension: Dimension) -> str:
    return f"{dimension.type}'s {dimension.output}"


def alarms(of: Mapping[str, Given]) -> list[Given]:
    """An alarm on every signal of the catalogue."""
    return [_alarm(subject, signal, of) for subject in CATALOGUE for signal in subject.signals]


def _alarm(subject: Subject, signal: Signal, of: Mapping[str, Given]) -> Given:
    values = {**{name: _told(dimension) for name, dimension in subject.dimensions.items()}, **subject.always}
    sources = [of[dimension.type] for dimension in subject.dimensions.values()]
    there = {"region": EDGE_REGION} if subject.type.startswith(WORLDWIDE) else {}
    return given(ALARM, f"{subject.type}-{signal.role}", {**inputs_of(subject, signal, values), **there}, {"dimensions": sources})
