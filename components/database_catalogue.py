"""The signals of the database's instances and of its proxy."""

from collections.abc import Mapping

from components.signals import Dimension, Signal, Subject, Tell
from settings_database_versions import cpus, memory_gib

GIB = 1024**3
NAMESPACE = "AWS/RDS"
MOST_CONNECTIONS, LEAST_MEMORY, LEAST_STORAGE, MOST_PINNED = 0.8, 0.25, 0.1, 0.5
"""Shares of what an instance, or a pool, has: beyond them it is short of it (CloudWatch user guide, "Recommended alarms", RDS)."""

CPU = Signal(
    role="db-cpu",
    metric="CPUUtilization",
    statistic="Average",
    threshold=90,
    periods=5,
    bad_periods=5,
    tell=Tell.TICKET,
    meaning="The instance computes without a pause, and statements wait for it.",
)
CONNECTIONS = Signal(
    role="db-connections",
    metric="DatabaseConnections",
    statistic="Maximum",
    own_threshold=True,
    periods=5,
    bad_periods=5,
    tell=Tell.TICKET,
    meaning="More than four fifths of database.connections are taken; when all are, services get errors.",
)
MEMORY = Signal(
    role="db-memory",
    metric="FreeableMemory",
    statistic="Minimum",
    below=True,
    own_threshold=True,
    periods=15,
    bad_periods=15,
    tell=Tell.TICKET,
    meaning="Less than a quarter of the instance's memory is free: soon it swaps.",
)
STORAGE = Signal(
    role="db-storage",
    metric="FreeStorageSpace",
    statistic="Minimum",
    below=True,
    own_threshold=True,
    periods=30,
    bad_periods=30,
    tell=Tell.PAGE,
    meaning="Storage is nearly full and has not grown by itself: a full database takes no writes.",
)
LOAD = Signal(
    role="db-load",
    metric="DBLoad",
    statistic="Average",
    own_threshold=True,
    periods=15,
    bad_periods=15,
    tell=Tell.TICKET,
    meaning="More sessions are active than the instance has processors: they wait for these, for locks or for the disk.",
)
LAG = Signal(
    role="db-lag",
    metric="ReplicaLag",
    statistic="Maximum",
    threshold=60,
    of_replica=True,
    periods=10,
    bad_periods=10,
    tell=Tell.TICKET,
    meaning="A replica is more than a minute behind: what is read from it is old, and what it would take over with is incomplete.",
)

DATABASE = Subject(
    type="aws:rds/instance:Instance",
    namespace=NAMESPACE,
    dimensions={"DBInstanceIdentifier": Dimension(type="aws:rds/instance:Instance", output="identifier")},
    signals=(
        *(CPU, CONNECTIONS, MEMORY, STORAGE, LOAD, LAG),
        *(
            Signal(
                role=f"db-{action}s",
                metric=f"{action.capitalize()}Latency",
                statistic="p90",
                threshold=0.02,
                periods=5,
                bad_periods=5,
                tell=Tell.TICKET,
                meaning=f"One {action} of the disk in ten takes more than 20 milliseconds.",
            )
            for action in ("read", "write")
        ),
        *(
            Signal(
                role=f"db-{what}-credit",
                metric=metric,
                statistic="Minimum",
                below=True,
                threshold=10,
                periods=3,
                bad_periods=3,
                tell=Tell.TICKET,
                meaning=f"The instance has nearly used up the credit by which it {uses} more than its class does for long.",
            )
            for what, metric, uses in (("io", "EBSIOBalance%", "reads and writes"), ("byte", "EBSByteBalance%", "moves"))
        ),
        Signal(
            role="db-wraparound",
            metric="MaximumUsedTransactionIDs",
            statistic="Maximum",
            threshold=1_000_000_000,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="Half of the transaction ids are used up: vacuum does not keep pace, and PostgreSQL stops before they run out.",
        ),
    ),
)

PINNED = Signal(
    role="pool-pinned",
    metric="DatabaseConnectionsCurrentlySessionPinned",
    statistic="Average",
    own_threshold=True,
    periods=15,
    bad_periods=15,
    tell=Tell.TICKET,
    meaning="Half of the pool is held by single clients, so that it pools little.",
)
PROXY = Subject(
    type="aws:rds/proxy:Proxy",
    namespace=NAMESPACE,
    dimensions={"ProxyName": Dimension(type="aws:rds/proxy:Proxy", output="name")},
    signals=(
        Signal(
            role="pool-waits",
            metric="DatabaseConnectionsBorrowLatency",
            statistic="Average",
            threshold=100_000,
            periods=5,
            bad_periods=5,
            tell=Tell.TICKET,
            meaning="A client waits more than a tenth of a second for a connection of the pool: it is too small, or held for too long.",
        ),
        Signal(
            role="pool-fails",
            metric="DatabaseConnectionsSetupFailed",
            statistic="Sum",
            threshold=10,
            periods=5,
            bad_periods=5,
            tell=Tell.PAGE,
            meaning="The proxy cannot connect to the database: it is down, or refuses the proxy's logins.",
        ),
        Signal(
            role="pool-refuses",
            metric="ClientConnectionsSetupFailedAuth",
            statistic="Sum",
            threshold=10,
            periods=5,
            bad_periods=5,
            tell=Tell.TICKET,
            meaning="The proxy refuses clients: a token has run out, a service lacks a permission, or somebody tries.",
        ),
        PINNED,
    ),
)


def instance_thresholds(instance_class: str, connections: int, storage_gib: int) -> Mapping[str, float]:
    """What an instance's own size makes of the shares above, by role: counts and bytes."""
    return {
        CONNECTIONS.role: MOST_CONNECTIONS * connections,
        MEMORY.role: LEAST_MEMORY * memory_gib(instance_class) * GIB,
        STORAGE.role: LEAST_STORAGE * storage_gib * GIB,
        LOAD.role: cpus(instance_class),
    }


def pool_thresholds(connections: int, percent: int) -> Mapping[str, float]:
    """The same of a pool, by the share of the connections that it may hold."""
    return {PINNED.role: MOST_PINNED * connections * percent / 100}
