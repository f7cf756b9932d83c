"""What the commands of the database are about: which parts of the stack each of them may touch."""

from collections.abc import Sequence

from pulumi.automation.events import OpType

from components.database_catalogue import DATABASE, LAG
from components.database_instance import LOGS
from components.log_searches import SEARCHES
from ops.alarms import METRIC_ALARM
from ops.guard import PARAMETER
from ops.parts import ROLE_POLICY, STACK, Part
from ops.rotation import PASSWORD, SECRET_VERSION
from settings import Settings
from settings_database import PRIMARY, RESTORED, Database
from settings_types import Color, Dependency

INSTANCE = "aws:rds/instance:Instance"
COMPONENT = "switchyard:database:DatabaseInstance"
RANDOM_ID = "random:index/randomId:RandomId"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
SEARCH = "aws:cloudwatch/queryDefinition:QueryDefinition"
EVENT_RULE = "aws:cloudwatch/eventRule:EventRule"
DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"
PROXY, PROXY_TARGET = "aws:rds/proxy:Proxy", "aws:rds/proxyTarget:ProxyTarget"

DATABASE_NAME = "database"
MASTER, MASTER_ENTRY, MASTER_VALUE = "database-master", "database-master-entry", "database-master-value"
"""The master's password, the secret that keeps it, and what the secret keeps now."""
PROXY_NAME = "database-proxy"

ANEW, MADE, GONE = (frozenset({op}) for op in (OpType.REPLACE, OpType.CREATE, OpType.DELETE))

PROMOTED = frozenset(
    {
        *("replicateSourceDb", "password", "databaseInsightsMode", "engineLifecycleSupport", "multiAz", "availabilityZone"),
        *("backupRetentionPeriod", "skipFinalSnapshot", "finalSnapshotIdentifier", "tags", "tagsAll"),
        *("engine", "dbName", "username", "allocatedStorage"),
    }
)
"""What a replica gains or loses when it goes on alone."""


def instance_name(called: str) -> str:
    """The logical name of an instance by what `database.use` calls it."""
    return {PRIMARY: DATABASE_NAME, RESTORED: RESTORED}.get(called, f"replica-{called}")


def writers(config: Database) -> Sequence[str]:
    """The instances that take writes, as `database.use` calls them."""
    return [PRIMARY, *([RESTORED] if config.restore else []), *(name for name, replica in config.replicas.items() if replica.promoted)]


def users(settings: Settings) -> Sequence[str]:
    """The services that use the database."""
    return [name for name, service in settings.services.items() if Dependency.DATABASE in service.uses]


def rotation(config: Database) -> Sequence[Part]:
    """The master's password: made anew, kept, and given to every instance that has one of its own."""
    return (
        Part(PASSWORD, STACK, MASTER, ops=ANEW),
        Part(SECRET_VERSION, STACK, MASTER_VALUE, ops=ANEW),
        *(_instance(called, "password") for called in writers(config)),
    )


def backups(name: str) -> Sequence[Part]:
    """The backups of a replica."""
    return (_instance(name, "backupRetentionPeriod"),)


def promotion(name: str) -> Sequence[Part]:
    """The replica itself, its last snapshot's name, the alarm on its lag, and what lists the instances: those that take writes first."""
    return (
        Part(INSTANCE, STACK, instance_name(name), PROMOTED),
        Part(RANDOM_ID, STACK, f"{instance_name(name)}-last", ops=MADE),
        Part(METRIC_ALARM, STACK, f"{instance_name(name)}-{LAG.role}", ops=GONE),
        *_readers(),
    )


def restoring() -> Sequence[Part]:
    """The second instance with its logs and alarms, and what lists the instances."""
    logs = [Part(LOG_GROUP, STACK, f"{RESTORED}-{called}", ops=MADE) for called in LOGS.values()]
    alarms = [Part(METRIC_ALARM, STACK, f"{RESTORED}-{signal.role}", ops=MADE) for signal in DATABASE.signals if not signal.of_replica]
    made = [Part(kind, STACK, RESTORED, ops=MADE) for kind in (COMPONENT, INSTANCE)]
    last = Part(RANDOM_ID, STACK, f"{RESTORED}-last", ops=MADE)
    return (*made, last, *logs, *alarms, Part(EVENT_RULE, STACK, "database-events", frozenset({"eventPattern"})), *_readers())


def leading(settings: Settings) -> Sequence[Part]:
    """What services are told of the database, and what they may log in to."""
    return [part for service in users(settings) for part in _told(service)]


def repointing(settings: Settings) -> Sequence[Part]:
    """The same, and the instance behind the proxy, which logs in as the services."""
    if not settings.database or not settings.database.proxy:
        return leading(settings)
    logs_in = Part(ROLE_POLICY, STACK, f"{PROXY_NAME}-logs-in", frozenset({"policy"}))
    return (*leading(settings), Part(PROXY_TARGET, STACK, f"{PROXY_NAME}-target", ops=ANEW), logs_in)


def _told(service: str) -> Sequence[Part]:
    parameters = [Part(PARAMETER, service, f"-endpoint-DATABASE_{what}", frozenset({"value"})) for what in ("HOST", "READERS")]
    return [*parameters, *(Part(ROLE_POLICY, service, f"-{color}-may", frozenset({"policy"})) for color in Color)]


def _readers() -> Sequence[Part]:
    searches = [Part(SEARCH, STACK, f"database-log-{role}", frozenset({"logGroupNames"})) for role in SEARCHES]
    return (*searches, Part(DASHBOARD, STACK, "dashboard", frozenset({"dashboardBody"})))


def _instance(called: str, *keys: str) -> Part:
    return Part(INSTANCE, STACK, instance_name(called), frozenset(keys))
