"""RDS: database instances."""

from collections.abc import Iterator

from sandbox.provider.database_words import CHANGED, ENDING, FOR_LIFE, MADE, NAMES, NOUN, STEERING
from sandbox.provider.databases import change, end, find, make, promote, says_encryption
from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

IDENTIFIER = Naming(
    63,
    "identifier",
    lower=True,
    in_place=True,
    pattern=r"[a-z](-?[a-z0-9])*",
    says="lower-case letters, digits and single hyphens, a letter first and no hyphen last",
)

ROOM_TO_GROW = 1.1
"""Least factor between the storage and what it may grow to."""

STRIPED_GIB = 400
"""From this size on a gp3 volume of PostgreSQL takes IOPS and throughput of its own
(https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html)."""

LONGEST_INSIGHTS_DAYS = 731

ADVANCED_INSIGHTS_DAYS = 465
"""The advanced mode of Database Insights keeps its data at least so long."""

DAY = "(mon|tue|wed|thu|fri|sat|sun)"

TIME = r"([01]\d|2[0-3]):[0-5]\d"

LIMITS = {
    "allocatedStorage": Limit(20, 65_536),
    "backupRetentionPeriod": Limit(0, 35),
    "backupWindow": Limit(pattern=f"{TIME}-{TIME}", says="hh:mm-hh:mm"),
    "databaseInsightsMode": Limit(choices=("standard", "advanced")),
    "dbName": Limit(1, 63, r"[A-Za-z_]\w*", "letters, digits and _, no digit first"),
    "maintenanceWindow": Limit(pattern=f"(?i){DAY}:{TIME}-{DAY}:{TIME}", says="ddd:hh:mm-ddd:hh:mm"),
    "monitoringInterval": Limit(choices=(0, 1, 5, 10, 15, 30, 60)),
    "password": Limit(8, 128, r"[!#-.0-?A-~]+", 'printable characters but space, / " and @'),
    "performanceInsightsRetentionPeriod": Limit(choices=(7, *range(31, 714, 31), LONGEST_INSIGHTS_DAYS)),
    "port": Limit(1150, 65_535),
    "username": Limit(1, 63, r"[A-Za-z]\w*", "letters, digits and _, a letter first"),
}

BEGINNINGS = ("replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime")

CONFLICTS = (
    BEGINNINGS,
    *(("replicateSourceDb", name) for name in ("dbName", "engine", "username", "password", "manageMasterUserPassword")),
    ("manageMasterUserPassword", "password"),
    ("identifierPrefix", "identifier"),
)


def _failures(inputs: Facts) -> Iterator[Failure]:
    """What AWS refuses of properties that depend on each other."""
    size, most = inputs.get("allocatedStorage"), inputs.get("maxAllocatedStorage")
    if size and most and most < size * ROOM_TO_GROW:
        yield "maxAllocatedStorage", f"{most} GiB: it is at least a tenth more than allocatedStorage, {size} GiB"
    if inputs.get("storageType") == "gp3" and size and size < STRIPED_GIB and (inputs.get("iops") or inputs.get("storageThroughput")):
        yield "iops", f"a gp3 volume of less than {STRIPED_GIB} GiB has the IOPS and the throughput that AWS gives it"
    source = inputs.get("replicateSourceDb", "")
    if inputs.get("dbSubnetGroupName") and source and not source.startswith("arn:"):
        yield "dbSubnetGroupName", "goes with the ARN of a source: a replica that is given its source's identifier has its subnets"
    if inputs.get("kmsKeyId") and not inputs.get("storageEncrypted") and "storageEncrypted" in inputs:
        yield "kmsKeyId", "goes with storageEncrypted"
    yield from _insight_failures(inputs)


def _insight_failures(inputs: Facts) -> Iterator[Failure]:
    days = inputs.get("performanceInsightsRetentionPeriod")
    if days and inputs.get("performanceInsightsEnabled") is False:
        yield "performanceInsightsRetentionPeriod", "goes with performanceInsightsEnabled"
    if inputs.get("databaseInsightsMode") == "advanced" and (days or 0) < ADVANCED_INSIGHTS_DAYS:
        yield "databaseInsightsMode", f"advanced: performanceInsightsRetentionPeriod must be at least {ADVANCED_INSIGHTS_DAYS} days"


ROWS = (
    Row(
        type="aws.rds.Instance",
        noun=NOUN,
        before=Call(says_encryption),
        create=Call(make, on=MADE),
        id="DbiResourceId",
        imports="{identifier}",
        read=Call(find),
        update=(Call(promote, on=("replicateSourceDb",)), Call(change, on=(*CHANGED, *STEERING))),
        delete=Call(end, on=ENDING),
        names=NAMES,
        defaults={"autoMinorVersionUpgrade": True, "deleteAutomatedBackups": True, "monitoringInterval": 0},
        replaces=FOR_LIFE,
        lost=("latestRestorableTime", "manageMasterUserPassword"),
        naming=IDENTIFIER,
        limits=LIMITS,
        conflicts=CONFLICTS,
        check=_failures,
    ),
)
