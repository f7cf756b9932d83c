"""How a rule finds what the catalogue of signals says of an alarm, and of a resource."""

from collections.abc import Mapping

from components.catalogue import CATALOGUE
from components.signals import Dimension, Signal, Subject
from policies.rules.edge import EDGE_REGION
from policies.rules.resource import Resource

SUBJECTS: Mapping[str, Subject] = {subject.type: subject for subject in CATALOGUE}
"""By the type that is watched."""
ALWAYS = frozenset((name, value) for subject in CATALOGUE for name, value in subject.always.items())
"""Dimensions of no resource, by name, and what they may say."""
DIMENSIONS: Mapping[str, Dimension] = {name: each for subject in CATALOGUE for name, each in subject.dimensions.items()}
"""By name: one means the same wherever it is used."""

WORLDWIDE = ("aws:cloudfront/", "aws:route53/")
"""What knows no region: its figures are at the edge."""


def region_of(resource: Resource) -> str | None:
    """Return the region in which a resource has its figures; None for the stack's own."""
    region: str | None = EDGE_REGION if resource.type.startswith(WORLDWIDE) else resource.value("region", None)
    return region


def signal_of(alarm: Resource) -> tuple[Subject, Signal] | None:
    """Return what an alarm is about: the signal of its namespace, metric and dimensions; none if the catalogue has none."""
    namespace, metric, dimensions = alarm.value("namespace", None), alarm.value("metricName", None), alarm.names("dimensions")
    for subject in CATALOGUE:
        if namespace == subject.namespace and dimensions == subject.dimensions.keys() | subject.always.keys():
            return next(((subject, signal) for signal in subject.signals if signal.metric == metric), None)
    return None
