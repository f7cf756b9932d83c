"""The signals and logs of Redis. CloudWatch has its figures by node, and so has the stack its alarms.

Figures and metrics: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html.
"""

from components.signals import Dimension, Signal, Subject, Tell

LOGS = ("slow-log", "engine-log")
"""What ElastiCache delivers (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html). It leaves keys and values out."""

GROUP_TYPE = "aws:elasticache/replicationGroup:ReplicationGroup"

BUSY = (
    Signal(
        role="engine-busy",
        metric="EngineCPUUtilization",
        statistic="Average",
        threshold=90,
        periods=5,
        bad_periods=5,
        tell=Tell.PAGE,
        meaning="The one thread that answers all commands has no time left: every request to Redis waits.",
    ),
    Signal(
        role="node-busy",
        metric="CPUUtilization",
        statistic="Average",
        threshold=90,
        periods=5,
        bad_periods=5,
        tell=Tell.TICKET,
        meaning="The node's processors have no time left; on a small node snapshots and TLS take it from the commands.",
    ),
    Signal(
        role="reads-slowly",
        metric="SuccessfulReadRequestLatency",
        statistic="p99",
        threshold=10_000,
        periods=5,
        bad_periods=5,
        tell=Tell.TICKET,
        meaning="One read in a hundred takes the engine more than ten milliseconds.",
    ),
    Signal(
        role="writes-slowly",
        metric="SuccessfulWriteRequestLatency",
        statistic="p99",
        threshold=10_000,
        periods=5,
        bad_periods=5,
        tell=Tell.TICKET,
        meaning="One write in a hundred takes the engine more than ten milliseconds.",
    ),
)
MEMORY = (
    Signal(
        role="memory-full",
        metric="DatabaseMemoryUsagePercentage",
        statistic="Maximum",
        threshold=90,
        periods=5,
        bad_periods=5,
        tell=Tell.PAGE,
        meaning="Nine tenths of the memory are taken: soon keys are evicted, or writes are refused.",
    ),
    Signal(
        role="evicts",
        metric="Evictions",
        statistic="Sum",
        threshold=1000,
        periods=5,
        bad_periods=5,
        tell=Tell.TICKET,
        meaning="Keys go before their time because the memory is full.",
    ),
)
REPLICATION = (
    Signal(
        role="lags",
        metric="ReplicationLag",
        statistic="Maximum",
        threshold=10,
        periods=15,
        bad_periods=15,
        tell=Tell.TICKET,
        meaning="The replica is more than ten seconds behind: its readers see old values, and a failover would lose as much.",
    ),
    Signal(
        role="sheds-load",
        metric="TrafficManagementActive",
        statistic="Maximum",
        periods=5,
        bad_periods=5,
        tell=Tell.TICKET,
        meaning="ElastiCache slows its clients down, since the node is given more than it can do.",
    ),
)
CONNECTIONS = (
    Signal(
        role="crowded",
        metric="CurrConnections",
        statistic="Maximum",
        threshold=50_000,
        periods=10,
        bad_periods=10,
        tell=Tell.PAGE,
        meaning="The node has more than 50,000 of the 65,000 connections that it can have; beyond that it turns clients away.",
    ),
    Signal(
        role="reconnects",
        metric="NewConnections",
        statistic="Sum",
        threshold=6000,
        periods=10,
        bad_periods=10,
        tell=Tell.TICKET,
        meaning="Clients open a hundred connections a second: they keep none, or lose them, and each costs a TLS handshake.",
    ),
    Signal(
        role="bandwidth-in",
        metric="NetworkBandwidthInAllowanceExceeded",
        statistic="Sum",
        periods=15,
        bad_periods=15,
        tell=Tell.TICKET,
        meaning="The node is sent more than its type may receive: packets wait or are lost.",
    ),
    Signal(
        role="bandwidth-out",
        metric="NetworkBandwidthOutAllowanceExceeded",
        statistic="Sum",
        periods=15,
        bad_periods=15,
        tell=Tell.TICKET,
        meaning="The node answers with more than its type may send: packets wait or are lost.",
    ),
)

NODE = Subject(
    type=GROUP_TYPE,
    namespace="AWS/ElastiCache",
    dimensions={"CacheClusterId": Dimension(type=GROUP_TYPE, output="memberClusters")},
    always={"CacheNodeId": "0001"},
    signals=(*BUSY, *MEMORY, *REPLICATION, *CONNECTIONS),
)
