"""What AWS would refuse of the database, or do to it unasked; each problem names the key and the fix."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import settings_archive
from settings_database import PRIMARY, REPLICA_ARN, RESTORED, Database, Insights, Replica
from settings_database_versions import CREATED_FROM, PROXIED, created, version_of
from settings_errors import Problem
from settings_types import Dependency
from settings_windows import overlap

if TYPE_CHECKING:
    from settings import Settings

KEY = "switchyard:database"
LARGE_VOLUME_GIB = 400
"""From here on gp3 is striped over four volumes, and takes more (RDS user guide, "gp3 storage")."""
MORE = 10
"""The hundredth parts by which storage must be able to grow (RDS user guide, "Managing capacity automatically")."""
ADVANCED_DAYS = 465
OWN_THROUGHPUT, IOPS_A_MIB = 500, 4
ROLES_OF_OTHERS = {
    "analyst": "the role that people read with",
    "none": "a word of PostgreSQL's own",
    "postgres": "PostgreSQL's own role",
    "public": "a word of PostgreSQL's own",
    "switchyard": "the master user",
}
RESERVED_PREFIXES = ("pg_", "rds")
"""PostgreSQL refuses roles of the one kind, and RDS has those of the other."""


def problems(settings: "Settings") -> Iterator[Problem]:
    """Everything that is wrong between the section, the services and the stack."""
    yield from _users(settings)
    database = settings.database
    if not database:
        return
    yield from _windows(database)
    yield from _storage(database)
    yield from _versions(database)
    yield from _use(database)
    for name, replica in database.replicas.items():
        yield from _replica(f"{KEY}.replicas.{name}", replica, database, settings.network.availability_zones)
    yield from _copy(database, settings)
    yield from _insights(database)
    yield from _copied(database, settings)
    yield from settings_archive.problems(database.archive, f"{KEY}.archive") if database.archive else ()


def _users(settings: "Settings") -> Iterator[Problem]:
    """A service logs in under the name of its resources."""
    for name, service in settings.services.items():
        if Dependency.DATABASE not in service.uses:
            continue
        key, user = f"switchyard:services.{name}", settings.resource_name(name)
        if not settings.database:
            yield Problem(f"{key}.uses", "database", f"is not there: add the section {KEY}, or take it out of the list")
        owner = ROLES_OF_OTHERS.get(user, "RDS" if user.startswith(RESERVED_PREFIXES) else None)
        if owner:
            yield Problem(key, user, f"would be its role in the database, and that is {owner}: give the service another name")


def _copied(database: Database, settings: "Settings") -> Iterator[Problem]:
    key, region = f"{KEY}.copied_days", settings.recovery.region
    if database.copied_days and region not in settings.backup_regions:
        yield Problem(key, database.copied_days, f"needs a key in {region}, that of switchyard:backup.copies: enable them, or leave it out")
    if database.copied_days and database.copies:
        yield Problem(key, database.copied_days, f"is for a database that takes writes, and {KEY}.replica_of makes it a copy: leave it out")


def windows(database: Database | None) -> dict[str, str]:
    """By key, the times at which RDS works on the database itself."""
    if database is None:
        return {}
    return {f"{KEY}.backup_window": database.backup_window, f"{KEY}.maintenance_window": database.maintenance_window}


def _windows(database: Database) -> Iterator[Problem]:
    if overlap(database.backup_window, database.maintenance_window):
        yield Problem(
            f"{KEY}.maintenance_window",
            database.maintenance_window,
            f"overlaps with backup_window ({database.backup_window}), which AWS refuses: move one of them",
        )


def _storage(database: Database) -> Iterator[Problem]:
    least = -(-database.storage_gib * (100 + MORE) // 100)
    if database.max_storage_gib < least:
        fix = f"at least {least}, so that it can grow by the {MORE} percent that AWS asks for"
        yield Problem(f"{KEY}.max_storage_gib", database.max_storage_gib, f"is too close to storage_gib ({database.storage_gib}): {fix}")
    for name, value in {"iops": database.iops, "throughput_mibps": database.throughput_mibps}.items():
        if value and database.storage_gib < LARGE_VOLUME_GIB:
            fix = f"leave it out, or set storage_gib to {LARGE_VOLUME_GIB} or more"
            yield Problem(f"{KEY}.{name}", value, f"cannot be chosen for {database.storage_gib} GiB of gp3 (3,000 and 125 there): {fix}")
    throughput, operations = database.throughput_mibps or OWN_THROUGHPUT, database.iops or 12_000
    if throughput * IOPS_A_MIB > operations:
        yield Problem(
            f"{KEY}.throughput_mibps", throughput, f"takes {throughput * IOPS_A_MIB} iops, and there are {operations}: raise iops"
        )


def _versions(database: Database) -> Iterator[Problem]:
    replicas = {f"{KEY}.replicas.{name}.version": replica.version for name, replica in database.replicas.items()}
    for key, version in {f"{KEY}.version": database.version, **replicas}.items():
        if version and not created(version):
            since = ", ".join(f"{major}.{minor}" for major, minor in CREATED_FROM.items())
            yield Problem(
                key, version, f"is one that AWS makes no new instance of; there is {since} and later, but for a few withdrawn ones"
            )
    if database.proxy and version_of(database.version)[0] not in PROXIED:
        served = f"PostgreSQL {PROXIED[0]} to {PROXIED[-1]}"
        yield Problem(f"{KEY}.proxy", None, f"cannot serve version {database.version}, but {served}: remove the section")


def _replica(key: str, replica: Replica, database: Database, zones: tuple[str, ...]) -> Iterator[Problem]:
    version = replica.version or database.version
    if version_of(version)[0] != version_of(database.version)[0]:
        what = "was promoted, and would be upgraded with nothing to go back to" if replica.promoted else "follows no other major version"
        yield Problem(f"{key}.version", version, f"is another major than the database's {database.version}, and {what}: see the runbook")
    elif not replica.promoted and version_of(version) < version_of(database.version):
        fix = "raise the replica's first, and the database's when that is done"
        yield Problem(f"{key}.version", version, f"is older than the database's {database.version}: {fix}")
    if replica.zone and replica.zone not in zones:
        yield Problem(f"{key}.zone", replica.zone, "is none of switchyard:network.availability_zones: name one of those, or leave it out")
    if replica.retiring and database.use == key.rpartition(".")[2]:
        yield Problem(f"{key}.retiring", None, f"is on while services are led here: set {KEY}.use to another instance first")


def _use(database: Database) -> Iterator[Problem]:
    promoted = [name for name, replica in database.replicas.items() if replica.promoted]
    there = [PRIMARY, *([RESTORED] if database.restore else []), *promoted]
    if database.use in database.replicas and database.use not in promoted:
        yield Problem(f"{KEY}.use", database.use, "is a replica, which takes no writes: promote it first (`switchyard promote-replica`)")
    elif database.use not in there:
        yield Problem(f"{KEY}.use", database.use, f"is no instance that takes writes; there is {', '.join(there)}")
    if database.restore and database.restore.retiring and database.use == RESTORED:
        yield Problem(f"{KEY}.restore.retiring", None, f"is on while services are led there: set {KEY}.use to {PRIMARY} first")


def _copy(database: Database, settings: "Settings") -> Iterator[Problem]:
    """What holds of a database that follows, or followed, one of another region."""
    found = REPLICA_ARN.fullmatch(database.replica_of or "")
    if not found:
        if database.promoted:
            yield Problem(f"{KEY}.promoted", None, f"is for a copy of another region: set {KEY}.replica_of, or remove it")
        return
    if found["region"] == settings.region:
        fix = "add a replica to the section of that stack instead"
        yield Problem(f"{KEY}.replica_of", database.replica_of, f"is in the stack's own region (aws:region): {fix}")
    if found["account"] != settings.account_id:
        yield Problem(
            f"{KEY}.replica_of", database.replica_of, "is of another account, and AWS makes no such replica: name one of this account"
        )
    if database.promoted:
        return
    if database.password_version:
        fix = "leave it out until promoted is true"
        yield Problem(
            f"{KEY}.password_version", database.password_version, f"is for a password of its own, and a copy has its source's: {fix}"
        )
    if database.replicas:
        names = ", ".join(database.replicas)
        yield Problem(f"{KEY}.replicas", names, "would be replicas of a replica of another region: leave them out until promoted is true")
    for name, value in {"proxy": database.proxy, "restore": database.restore}.items():
        if value:
            yield Problem(f"{KEY}.{name}", None, "cannot go with a copy, which takes no writes: leave it out until promoted is true")


def _insights(database: Database) -> Iterator[Problem]:
    insights = database.insights
    if insights.mode is Insights.ADVANCED and insights.retention_days < ADVANCED_DAYS:
        fix = f"at least {ADVANCED_DAYS}, or mode standard"
        yield Problem(f"{KEY}.insights.retention_days", insights.retention_days, f"is too short for the advanced mode: {fix}")
