"""What a signal is: one metric of one kind of resource, when it is bad, and who is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MINUTE, HOUR, DAY = 60, 3600, 86_400


class Tell(StrEnum):
    """Who is told when a signal is bad."""

    PAGE = "page"
    TICKET = "ticket"
    NOBODY = "nobody"


class Missing(StrEnum):
    """What a gap in the data means."""

    GOOD = "notBreaching"
    BAD = "breaching"


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One metric, and when it is bad."""

    role: str
    """Names the alarm, `<resource>-<role>`, and its section in the runbook."""
    metric: str
    """Metric name."""
    statistic: str
    """Sum, Minimum, Average, Maximum, or a percentile such as p99."""
    below: bool = False
    """Bad when below the threshold instead of above it."""
    threshold: float = 0
    """In the metric's own unit; the figure for signals whose threshold is the resource's own is given by the component."""
    of_least: bool = False
    """Bad below the least that the resource itself must have; one that may have nothing has no such alarm."""
    own_threshold: bool = False
    """Bad beyond a figure that is made from the resource's own size, and that the component gives."""
    of_replica: bool = False
    """Only what follows another resource has it."""
    period_seconds: int = MINUTE
    """One data point covers this long."""
    periods: int
    """Data points looked at."""
    bad_periods: int
    """Of those, how many must be bad."""
    missing: Missing = Missing.GOOD
    """What a gap means."""
    tell: Tell
    """Who is told."""
    meaning: str
    """What it tells the person who is woken."""

    @property
    def plain_statistic(self) -> str | None:
        """The alarm's `statistic`; None for a percentile, which CloudWatch takes as `extendedStatistic` alone."""
        return None if self.extended_statistic else self.statistic

    @property
    def extended_statistic(self) -> str | None:
        """The alarm's `extendedStatistic`."""
        return self.statistic if self.statistic.startswith("p") else None

    @property
    def comparison(self) -> str:
        """The alarm's `comparisonOperator`."""
        return "LessThanThreshold" if self.below else "GreaterThanThreshold"


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """What CloudWatch tells the figures of one resource from those of others by."""

    type: str
    """The type of the resource that its value comes from."""
    output: str | None
    """That resource's output; with another one, an alarm never sees a figure. None for its id, which the engine tells to no policy pack."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A kind of resource that is watched."""

    type: str
    """The type of the resource that its alarms are about."""
    namespace: str
    """CloudWatch namespace."""
    dimensions: Mapping[str, Dimension]
    """By name: CloudWatch has the metrics under all of them together, and under no fewer."""
    always: Mapping[str, str] = field(default_factory=dict)
    """Dimensions that say the same of every resource."""
    signals: Sequence[Signal]
    """What is watched."""
