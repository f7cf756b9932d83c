"""The catalogue of signals: what is watched of each kind of resource, when it is bad, and who is told.

Metric names, statistics and dimensions follow the AWS/ApplicationELB and AWS/AutoScaling pages of the CloudWatch documentation. Counts
of a load balancer are missing, not zero, while nothing happens, so missing data is no alarm there; a missing host count is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LOAD_BALANCER = "AWS/ApplicationELB"
AUTO_SCALING = "AWS/AutoScaling"
MINUTE, HOUR = 60, 3600


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
    """One metric of one kind of resource, and when it is bad."""

    role: str
    """Names the alarm: `<resource>-<role>`."""
    namespace: str
    """CloudWatch namespace."""
    metric: str
    """Metric name."""
    statistic: str
    """Sum, Minimum, Average, Maximum, or a percentile such as p99."""
    below: bool = False
    """Bad when below the threshold instead of above it."""
    threshold: float = 0
    """In the metric's own unit; the figure for signals whose threshold is the resource's own is given by the component."""
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


OF_LOAD_BALANCER: Sequence[Signal] = (
    Signal(
        role="5xx",
        namespace=LOAD_BALANCER,
        metric="HTTPCode_ELB_5XX_Count",
        statistic="Sum",
        threshold=10,
        periods=5,
        bad_periods=3,
        tell=Tell.PAGE,
        meaning="The load balancer answers with errors of its own: no healthy target, or targets that hang up.",
    ),
    Signal(
        role="rejected",
        namespace=LOAD_BALANCER,
        metric="RejectedConnectionCount",
        statistic="Sum",
        periods=5,
        bad_periods=3,
        tell=Tell.PAGE,
        meaning="The load balancer turns connections away because it is at its limit.",
    ),
    Signal(
        role="refused",
        namespace=LOAD_BALANCER,
        metric="TargetConnectionErrorCount",
        statistic="Sum",
        threshold=10,
        periods=5,
        bad_periods=5,
        tell=Tell.TICKET,
        meaning="Targets refuse the load balancer's connections.",
    ),
)
"""Dimension: LoadBalancer."""

UNHEALTHY = Signal(
    role="sick",
    namespace=LOAD_BALANCER,
    metric="UnHealthyHostCount",
    statistic="Minimum",
    periods=3,
    bad_periods=3,
    tell=Tell.TICKET,
    meaning="A target fails its health check.",
)
TRAFFIC = Signal(
    role="busy",
    namespace=LOAD_BALANCER,
    metric="RequestCount",
    statistic="Sum",
    period_seconds=HOUR,
    periods=1,
    bad_periods=1,
    tell=Tell.NOBODY,
    meaning="The color had a request within the last hour; only then does a sick target page.",
)
TOO_FEW = Signal(
    role="few",
    namespace=LOAD_BALANCER,
    metric="HealthyHostCount",
    statistic="Minimum",
    below=True,
    periods=10,
    bad_periods=10,
    missing=Missing.BAD,
    tell=Tell.TICKET,
    meaning="Fewer healthy targets than the color's capacity.min.",
)
SLOW = Signal(
    role="slow",
    namespace=LOAD_BALANCER,
    metric="TargetResponseTime",
    statistic="p99",
    periods=5,
    bad_periods=5,
    tell=Tell.TICKET,
    meaning="The slowest hundredth of answers takes longer than monitoring.target_latency_p99_ms.",
)
ERRORS = Signal(
    role="5xx",
    namespace=LOAD_BALANCER,
    metric="HTTPCode_Target_5XX_Count",
    statistic="Sum",
    threshold=10,
    periods=5,
    bad_periods=3,
    tell=Tell.PAGE,
    meaning="The color answers users with errors. If it was released lately, roll back first.",
)
OF_TARGET_GROUP: Sequence[Signal] = (UNHEALTHY, TRAFFIC, TOO_FEW, SLOW, ERRORS)
"""Dimensions: LoadBalancer and TargetGroup."""

SHORT = Signal(
    role="short",
    namespace=AUTO_SCALING,
    metric="GroupInServiceCapacity",
    statistic="Average",
    below=True,
    periods=10,
    bad_periods=10,
    missing=Missing.BAD,
    tell=Tell.TICKET,
    meaning="The group has fewer instances in service than the color's capacity.min: launches fail, or instances do not stay.",
)
OF_GROUP: Sequence[Signal] = (SHORT,)
"""Dimension: AutoScalingGroupName."""
