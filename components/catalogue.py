"""The catalogue of signals: what is watched of each kind of resource. It drives the alarms, and the policy pack that looks for them.

Metric names, statistics and dimensions follow the CloudWatch documentation of each service. Counts are missing, not zero, while nothing
happens, so missing data is no alarm there; a missing host count is one.
"""

from collections.abc import Sequence

from components.archive_catalogue import WORKFLOW
from components.backup_catalogue import VAULT
from components.database_catalogue import DATABASE, PROXY
from components.edge_catalogue import CERTIFICATE, DISTRIBUTION, FUNCTION, HEALTH_CHECK, WEB_ACL
from components.redis_catalogue import NODE
from components.signals import HOUR, Dimension, Missing, Signal, Subject, Tell

BALANCER_TYPE = "aws:lb/loadBalancer:LoadBalancer"
BALANCER = Dimension(type=BALANCER_TYPE, output="arnSuffix")

LOAD_BALANCER = Subject(
    type=BALANCER_TYPE,
    namespace="AWS/ApplicationELB",
    dimensions={"LoadBalancer": BALANCER},
    signals=(
        Signal(
            role="5xx",
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
            metric="RejectedConnectionCount",
            statistic="Sum",
            periods=5,
            bad_periods=3,
            tell=Tell.PAGE,
            meaning="The load balancer turns connections away because it is at its limit.",
        ),
        Signal(
            role="refused",
            metric="TargetConnectionErrorCount",
            statistic="Sum",
            threshold=10,
            periods=5,
            bad_periods=5,
            tell=Tell.TICKET,
            meaning="Targets refuse the load balancer's connections.",
        ),
    ),
)

UNHEALTHY = Signal(
    role="sick",
    metric="UnHealthyHostCount",
    statistic="Minimum",
    periods=3,
    bad_periods=3,
    tell=Tell.TICKET,
    meaning="A target fails its health check.",
)
TRAFFIC = Signal(
    role="busy",
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
    metric="HealthyHostCount",
    statistic="Minimum",
    below=True,
    of_least=True,
    periods=10,
    bad_periods=10,
    missing=Missing.BAD,
    tell=Tell.TICKET,
    meaning="Fewer healthy targets than the color's capacity.min.",
)
SLOW = Signal(
    role="slow",
    metric="TargetResponseTime",
    statistic="p99",
    periods=5,
    bad_periods=5,
    tell=Tell.TICKET,
    meaning="The slowest hundredth of answers takes longer than monitoring.target_latency_p99_ms.",
)
ERRORS = Signal(
    role="5xx",
    metric="HTTPCode_Target_5XX_Count",
    statistic="Sum",
    threshold=10,
    periods=5,
    bad_periods=3,
    tell=Tell.PAGE,
    meaning="The color answers users with errors. If it was released lately, roll back first.",
)
TARGET_GROUP = Subject(
    type="aws:lb/targetGroup:TargetGroup",
    namespace="AWS/ApplicationELB",
    dimensions={"LoadBalancer": BALANCER, "TargetGroup": Dimension(type="aws:lb/targetGroup:TargetGroup", output="arnSuffix")},
    signals=(UNHEALTHY, TRAFFIC, TOO_FEW, SLOW, ERRORS),
)

GROUP = Subject(
    type="aws:autoscaling/group:Group",
    namespace="AWS/AutoScaling",
    dimensions={"AutoScalingGroupName": Dimension(type="aws:autoscaling/group:Group", output="name")},
    signals=(
        Signal(
            role="short",
            metric="GroupInServiceCapacity",
            statistic="Average",
            below=True,
            of_least=True,
            periods=10,
            bad_periods=10,
            missing=Missing.BAD,
            tell=Tell.TICKET,
            meaning="The group has fewer instances in service than the color's capacity.min: launches fail, or instances do not stay.",
        ),
    ),
)

NAT_GATEWAY = Subject(
    type="aws:ec2/natGateway:NatGateway",
    namespace="AWS/NATGateway",
    dimensions={"NatGatewayId": Dimension(type="aws:ec2/natGateway:NatGateway", output=None)},
    signals=(
        Signal(
            role="full",
            metric="ErrorPortAllocation",
            statistic="Sum",
            periods=15,
            bad_periods=15,
            tell=Tell.TICKET,
            meaning="The NAT gateway has no port left for new connections to one destination: instances cannot reach it.",
        ),
        Signal(
            role="drops",
            metric="PacketsDropCount",
            statistic="Sum",
            threshold=100,
            periods=5,
            bad_periods=5,
            tell=Tell.TICKET,
            meaning="The NAT gateway drops packets of connections that instances make to the outside.",
        ),
    ),
)

TOPIC = Subject(
    type="aws:sns/topic:Topic",
    namespace="AWS/SNS",
    dimensions={"TopicName": Dimension(type="aws:sns/topic:Topic", output="name")},
    signals=(
        Signal(
            role="undelivered",
            metric="NumberOfNotificationsFailed",
            statistic="Sum",
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="Somebody whom the alarms should tell was not told: SNS could not deliver.",
        ),
    ),
)

CATALOGUE: Sequence[Subject] = (
    *(LOAD_BALANCER, TARGET_GROUP, GROUP, NAT_GATEWAY, CERTIFICATE, TOPIC, WEB_ACL, DISTRIBUTION, FUNCTION, HEALTH_CHECK),
    *(NODE, DATABASE, PROXY, VAULT, WORKFLOW),
)
"""Everything that is watched."""
