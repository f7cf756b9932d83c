"""The database in stack config: one PostgreSQL writer, its replicas, its proxy, and what it was restored from."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field

import settings_types as types
from settings_archive import Archive
from settings_database_versions import ALLOWED_CLASS, ALLOWED_VERSION
from settings_limits import checked, counting, matching, one_of, some, unique, within
from settings_types import Section
from settings_windows import DAILY_WINDOW, WEEKLY_WINDOW

PRIMARY, RESTORED = "primary", "restored"
"""What `use` calls the instance that the stack came up with, and the one beside it that was restored."""
NAME, PORT = "appdata", 5432
"""A word that no message needs: services are told it by a parameter, and the value of a parameter is left out of all messages."""
MASTER = "switchyard"
"""The master user, for whoever breaks the glass; services have users of their own."""
MOST_REPLICAS = 15
"""Of one source in a region (RDS user guide, "Working with read replicas for RDS for PostgreSQL")."""
REPLICA_ARN = re.compile(r"arn:aws:rds:(?P<region>[a-z0-9-]+):(?P<account>\d{12}):db:[a-z][a-z0-9-]{0,62}", re.ASCII)
TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
SNAPSHOT = r"(arn:aws:rds:[a-z0-9-]+:\d{12}:snapshot:)?((rds|awsbackup):)?[A-Za-z][A-Za-z0-9-]{0,254}"
INSIGHTS_DAYS = (7, *(31 * month for month in range(1, 24)), 731)


def _never_managed(value: bool) -> bool:  # noqa: FBT001 -- a setting's value
    if value:
        raise ValueError(
            "rules out read replicas of PostgreSQL: the password is the stack's own, in Secrets Manager; change it by password_version"
        )
    return value


class Insights(StrEnum):
    """How much Database Insights shows: the instance's load, or also plans, locks and the operating system."""

    STANDARD = "standard"
    ADVANCED = "advanced"


class Ca(StrEnum):
    """The authorities that may sign the instance's certificate; clients trust AWS's bundle, which has all of them."""

    RSA_2048 = "rds-ca-rsa2048-g1"
    RSA_4096 = "rds-ca-rsa4096-g1"
    ECC_384 = "rds-ca-ecc384-g1"


class DatabaseInsights(Section):
    """What is recorded of the load, and for how long."""

    mode: Insights = Insights.STANDARD
    """`advanced` shows plans and locks too, costs by vCPU, and keeps at least 465 days."""
    retention_days: Annotated[int, one_of(INSIGHTS_DAYS, "days")] = 7
    """How long the record is kept; 7 cost nothing."""


class Proxy(Section):
    """A pool of connections in front of the writer. Services log in to it as themselves, and it logs in as them."""

    idle_timeout_seconds: Annotated[int, within(1, 28_800, "seconds")] = 1800
    """When a client's connection on which nothing is said is closed."""
    max_connections_percent: Annotated[int, within(1, 100, "percent")] = 90
    """The share of `connections` that the proxy may hold."""
    borrow_timeout_seconds: Annotated[int, within(1, 300, "seconds")] = 10
    """How long a client waits for a connection of the pool before it gets an error."""
    retiring: bool = False
    """Lifts the protection of its log, so that the next change may remove the section."""


class Replica(Section):
    """A copy that is read from, or an instance that was one until it was promoted."""

    instance_class: Annotated[str, ALLOWED_CLASS]
    """Its size; may differ from the source's."""
    version: Annotated[str, ALLOWED_VERSION] | None = None
    """Its version when it is not the source's: a minor upgrade begins with the replicas."""
    zone: types.Zone | None = None
    """The availability zone that it stands in; AWS chooses if it is left out."""
    backup_days: Annotated[int, within(1, 35, "days")] | None = None
    """How long its own backups are kept: none of a replica until it is set, as `promote-replica` does first; else the database's."""
    promoted: bool = False
    """It is no replica any more, and takes writes. There is no way back: AWS makes a replica of nothing that was promoted."""
    retiring: bool = False
    """Lifts its protection, so that the next change may remove it."""


class Restore(Section):
    """A second instance beside the first, made of a snapshot or of the first as it was at a time."""

    origin: Annotated[
        str, matching(f"{TIME.pattern}|{SNAPSHOT}", "must be a snapshot's id or a time in UTC, for example 2026-11-28T03:00:00Z")
    ] = Field(alias="from")
    """A snapshot's id or ARN, or a time within the backups that are kept, such as `2026-11-28T03:00:00Z`."""
    retiring: bool = False
    """Lifts its protection, so that the next change may remove the section."""

    @property
    def time(self) -> str | None:
        """The time, if it is one."""
        return self.origin if TIME.fullmatch(self.origin) else None

    @property
    def snapshot(self) -> str | None:
        """The snapshot, if it is one."""
        return None if self.time else self.origin


RolePattern = Annotated[str, matching(r"[\w+=,.@/*-]{1,512}", "must be the path and name of a role, where * is any run of characters")]
ReplicaName = Annotated[str, matching(r"[a-z][a-z0-9]{0,5}", "must be 1 to 6 lowercase letters and digits, starting with a letter")]


class Database(Section):
    """PostgreSQL, with what stands around it. A change of class, version or parameters waits for the maintenance window."""

    version: Annotated[str, ALLOWED_VERSION]
    """The version that runs. Minor upgrades go through the replicas first; a major one has a runbook."""
    instance_class: Annotated[str, ALLOWED_CLASS]
    """The writer's size."""
    storage_gib: Annotated[int, within(20, 65_536, "GiB")]
    """What a new instance begins with; AWS adds to it up to `max_storage_gib`, and never takes any back."""
    max_storage_gib: Annotated[int, within(22, 65_536, "GiB")]
    """How far AWS may let the storage grow by itself."""
    iops: Annotated[int, within(12_000, 64_000, "operations a second")] | None = None
    """More than gp3's own 12,000; from 400 GiB on."""
    throughput_mibps: Annotated[int, within(500, 4000, "MiB a second")] | None = None
    """More than gp3's own 500; from 400 GiB on, and at most a quarter of a MiB for each of `iops`."""
    multi_az: bool = True
    """A standby in another zone takes over within a minute or two."""
    backup_days: Annotated[int, within(1, 35, "days (without backups there is no replica, and no way back)")] = 7
    """How far back the database can be restored to any second."""
    backup_window: Annotated[str, DAILY_WINDOW] = "03:30-04:30"
    """When the day's backup is made, in UTC."""
    maintenance_window: Annotated[str, WEEKLY_WINDOW] = "sun:05:00-sun:06:00"
    """When AWS applies what needs a restart, in UTC; not within the backup window."""
    password_version: Annotated[int, within(1, 1_000_000, "")] | None = None
    """Another number makes another master password; nobody is logged out. 1 if left out; a copy of another region has its source's."""
    manage_master_user_password: Annotated[bool, checked(_never_managed)] = False
    """Never true: RDS makes no replica of a PostgreSQL whose password it manages."""
    administrators: Annotated[tuple[RolePattern, ...], some("role"), unique("role")] = (
        "aws-reserved/sso.amazonaws.com/*AWSReservedSSO_AdministratorAccess_*",
        "switchyard/administrators/*",
    )
    """Roles, by path and name, that may read the master password: administrators', and the one that deploys, which reads what it wrote."""
    insights: DatabaseInsights = DatabaseInsights()
    """What Database Insights records."""
    ca: Ca = Ca.RSA_2048
    """Who signs the server's certificate."""
    connections: Annotated[int, within(20, 5000, "connections")] = 200
    """How many connections the server takes (`max_connections`); each needs about 10 MiB."""
    slow_query_ms: Annotated[int, within(1, 60_000, "milliseconds")] = 500
    """A statement that takes longer is logged, with its plan."""
    proxy: Proxy | None = None
    """A pool of connections; without it services connect to the writer itself."""
    copied_days: Annotated[int, within(1, 35, "days")] | None = None
    """How far back the database can be restored in the second region, to any second; not at all if left out."""
    archive: Archive | None = None
    """What is kept of it for years; nothing without the section."""
    replicas: Annotated[dict[ReplicaName, Replica], counting(0, MOST_REPLICAS, "replicas")] = Field(default_factory=dict)
    """Read replicas by name."""
    replica_of: Annotated[
        str, matching(REPLICA_ARN, "must be the ARN of a database of another region: arn:aws:rds:REGION:ACCOUNT:db:NAME")
    ] | (None) = None
    """The database of another region that this one is a copy of."""
    promoted: bool = False
    """The copy of `replica_of` takes over: it is cut off from its source and takes writes. There is no way back."""
    generation: Annotated[int, within(1, 999, "")] = 1
    """Another number makes every instance anew, empty or as a copy of `replica_of`, and then the old ones go and leave a last snapshot. AWS
    deletes them only where `deletion_protection: false` was brought up before."""
    restore: Restore | None = None
    """What was restored beside the primary."""
    use: types.Text = PRIMARY
    """The instance that services are led to: `primary`, `restored`, or a promoted replica's name."""
    deletion_protection: bool = True
    """False lifts the protection of all that the section makes but the archive, so that the next change may remove it."""

    @property
    def copies(self) -> bool:
        """Whether it follows the database of another region."""
        return self.replica_of is not None and not self.promoted

    @property
    def called(self) -> str:
        """What the identifiers of its instances begin with."""
        return "database" if self.generation == 1 else f"database-{self.generation}"

    @property
    def source_region(self) -> str | None:
        """The region of the database that it follows, or came from."""
        found = REPLICA_ARN.fullmatch(self.replica_of or "")
        return found["region"] if found else None

    @property
    def own_password_version(self) -> int | None:
        """The version of the master password; None for what keeps its source's."""
        return self.password_version or (None if self.copies else 1)
