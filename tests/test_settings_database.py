"""The settings of the database: what is refused names the key and the fix."""

from typing import Any

import pytest

from settings_database import Database
from tests.configs import GONE, Changes, parsed, refusal

SOURCE = "arn:aws:rds:eu-central-1:123456789012:db:switchyard-prod-database-3f1b2"
COPY: Changes = {"database.replica_of": SOURCE, "database.replicas": {}, "database.proxy": GONE, "database.copied_days": GONE}
LARGE: dict[str, Any] = {"database.storage_gib": 400, "database.max_storage_gib": 1000}
CREATED = "is one that AWS makes no new instance of; there is 14.18, 15.13, 16.9, 17.5, 18.1 and later, but for a few withdrawn ones."

CASES: dict[str, tuple[Changes, str]] = {
    "windows that overlap": (
        {"database.maintenance_window": "sun:04:00-sun:05:00"},
        (
            "database.maintenance_window: 'sun:04:00-sun:05:00' overlaps with backup_window (03:30-04:30), which AWS refuses: "
            "move one of them."
        ),
    ),
    "a window that is none": (
        {"database.backup_window": "2-3"},
        "database.backup_window: '2-3' must be a time of day in UTC of an hour or more, for example 02:00-03:00.",
    ),
    "no backups": (
        {"database.backup_days": 0},
        "database.backup_days: 0 must be 1 to 35 days (without backups there is no replica, and no way back).",
    ),
    "backups for longer than AWS keeps any": (
        {"database.backup_days": 36},
        "database.backup_days: 36 must be 1 to 35 days (without backups there is no replica, and no way back).",
    ),
    "a password that RDS manages": (
        {"database.manage_master_user_password": True},
        (
            "database.manage_master_user_password: True rules out read replicas of PostgreSQL: the password is the stack's own, in "
            "Secrets Manager; change it by password_version."
        ),
    ),
    "more replicas than AWS makes": (
        {"database.replicas": {f"r{number}": {"instance_class": "db.m8g.large"} for number in range(16)}},
        "has 16: there must be 0 to 15 replicas.",
    ),
    "a replica whose name is too long": (
        {"database.replicas": {"reporting": {"instance_class": "db.m8g.large"}}},
        "database.replicas.reporting: 'reporting' must be 1 to 6 lowercase letters and digits, starting with a letter.",
    ),
    "a class of another service": (
        {"database.instance_class": "m8g.large"},
        "database.instance_class: 'm8g.large' must be a DB instance class, for example db.m8g.large.",
    ),
    "operations of a small volume": (
        {"database.iops": 12_000},
        (
            "database.iops: 12000 cannot be chosen for 100 GiB of gp3 (3,000 and 125 there): "
            "leave it out, or set storage_gib to 400 or more."
        ),
    ),
    "throughput of a small volume": (
        {"database.throughput_mibps": 500},
        (
            "database.throughput_mibps: 500 cannot be chosen for 100 GiB of gp3 (3,000 and 125 there): "
            "leave it out, or set storage_gib to 400 or more."
        ),
    ),
    "throughput without the operations that it takes": (
        {**LARGE, "database.throughput_mibps": 4000},
        "database.throughput_mibps: 4000 takes 16000 iops, and there are 12000: raise iops.",
    ),
    "storage that cannot grow": (
        {"database.max_storage_gib": 105},
        (
            "database.max_storage_gib: 105 is too close to storage_gib (100): at least 110, so that it can grow by the 10 percent that "
            "AWS asks for."
        ),
    ),
    "a version without its minor": (
        {"database.version": "17"},
        ("database.version: '17' must be a version of PostgreSQL with its minor, for example 17.11: which one runs is never AWS's choice."),
    ),
    "a version that was withdrawn": ({"database.version": "17.8"}, f"database.version: '17.8' {CREATED}"),
    "a proxy of what it does not serve": (
        {"database.version": "19.1"},
        "database.proxy: cannot serve version 19.1, but PostgreSQL 10 to 18: remove the section.",
    ),
    "a primary that is upgraded before its replica": (
        {"database.replicas.r1.version": "17.10"},
        (
            "database.replicas.r1.version: '17.10' is older than the database's 17.11: raise the replica's first, and the database's "
            "when that is done."
        ),
    ),
    "a replica of another major": (
        {"database.replicas.r1.version": "18.6"},
        (
            "database.replicas.r1.version: '18.6' is another major than the database's 17.11, and follows no other major version: "
            "see the runbook."
        ),
    ),
    "a promoted replica of another major": (
        {"database.replicas.r1.version": "18.6", "database.replicas.r1.promoted": True},
        (
            "database.replicas.r1.version: '18.6' is another major than the database's 17.11, and was promoted, and would be upgraded "
            "with nothing to go back to: see the runbook."
        ),
    ),
    "a replica in a zone without a subnet": (
        {"database.replicas.r1.zone": "eu-west-1d"},
        ("database.replicas.r1.zone: 'eu-west-1d' is none of switchyard:network.availability_zones: name one of those, or leave it out."),
    ),
    "services on a replica": (
        {"database.use": "r1"},
        "database.use: 'r1' is a replica, which takes no writes: promote it first (`switchyard promote-replica`).",
    ),
    "services on nothing": (
        {"database.use": "restored"},
        "database.use: 'restored' is no instance that takes writes; there is primary.",
    ),
    "services on what retires": (
        {"database.use": "r1", "database.replicas.r1.promoted": True, "database.replicas.r1.retiring": True},
        ("database.replicas.r1.retiring: is on while services are led here: set switchyard:database.use to another instance first."),
    ),
    "services on a restored instance that retires": (
        {"database.use": "restored", "database.restore": {"from": "before-the-mistake", "retiring": True}},
        "database.restore.retiring: is on while services are led there: set switchyard:database.use to primary first.",
    ),
    "a replica with the name of another instance": (
        {"database.replicas": {"primary": {"instance_class": "db.m8g.large"}}},
        "database.replicas.primary: 'primary' must be 1 to 6 lowercase letters and digits, starting with a letter.",
    ),
    "a restore of nothing": (
        {"database.restore": {"from": "yesterday evening"}},
        "database.restore.from: 'yesterday evening' must be a snapshot's id or a time in UTC, for example 2026-11-28T03:00:00Z.",
    ),
    "a misspelt restore": (
        {"database.restore": {"from": "before-the-mistake", "form": "x"}},
        "database.restore.form: is not a setting; did you mean from?",
    ),
    "a copy with a password": (
        {**COPY, "database.password_version": 2},
        ("database.password_version: 2 is for a password of its own, and a copy has its source's: leave it out until promoted is true."),
    ),
    "a replica of a replica of another region": (
        {**COPY, "database.replicas": {"r1": {"instance_class": "db.m8g.large"}}},
        ("database.replicas: 'r1' would be replicas of a replica of another region: leave them out until promoted is true."),
    ),
    "a proxy of a replica": (
        {**COPY, "database.proxy": {}},
        "database.proxy: cannot go with a copy, which takes no writes: leave it out until promoted is true.",
    ),
    "a restore beside a copy": (
        {**COPY, "database.restore": {"from": "before-the-mistake"}},
        "database.restore: cannot go with a copy, which takes no writes: leave it out until promoted is true.",
    ),
    "a copy of the own region": (
        {**COPY, "database.replica_of": SOURCE.replace("eu-central-1", "eu-west-1")},
        "is in the stack's own region (aws:region): add a replica to the section of that stack instead.",
    ),
    "a copy of another account": (
        {**COPY, "database.replica_of": SOURCE.replace("123456789012", "210987654321")},
        "is of another account, and AWS makes no such replica: name one of this account.",
    ),
    "a promotion of what is no copy": (
        {"database.promoted": True},
        "database.promoted: is for a copy of another region: set switchyard:database.replica_of, or remove it.",
    ),
    "a short record in the advanced mode": (
        {"database.insights.retention_days": 31},
        "database.insights.retention_days: 31 is too short for the advanced mode: at least 465, or mode standard.",
    ),
    "a record for a time that AWS does not offer": (
        {"database.insights.retention_days": 100},
        "database.insights.retention_days: 100 must be one of 7, 31, 62",
    ),
    "an authority that there is not": (
        {"database.ca": "rds-ca-2019"},
        "database.ca: 'rds-ca-2019' must be rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1.",
    ),
    "nobody who may break the glass": (
        {"database.administrators": []},
        "database.administrators: [] is empty: name at least one role.",
    ),
}


@pytest.mark.parametrize(("changes", "said"), CASES.values(), ids=CASES)
def test_a_mistake_is_refused_with_its_fix(changes: Changes, said: str) -> None:
    """By key, value, what is allowed and what to do."""
    assert said in refusal(changes)


@pytest.mark.parametrize("name", ["analyst", "rdsadmin", "postgres", "switchyard", "public", "none", "rds-jobs"])
def test_a_service_takes_no_role_that_is_somebody_s(name: str) -> None:
    """It logs in under its name, if it uses the database; one that does not may be called so."""
    service = {**parsed_service(), "paths": ["/other/*"], "priority": 9}
    said = refusal({f"services.{name}": {**service, "uses": ["database"]}})
    assert f"services.{name}: '{name}' would be its role in the database, and that is " in said
    assert said.endswith(": give the service another name.")
    assert name in parsed({f"services.{name}": {**service, "uses": []}}).services


def parsed_service() -> dict[str, Any]:
    """A service as stack config has it."""
    return parsed({}).services["web"].model_dump(mode="json")


def test_a_service_that_uses_a_database_needs_one() -> None:
    """A missing section makes nothing, and nobody can be led there."""
    said = refusal({"database": GONE})
    assert "services.api.uses: 'database' is not there: add the section switchyard:database, or take it out of the list." in said
    assert parsed({"database": GONE, "services.api.uses": []}).database is None


def database(changes: Changes) -> Database:
    """The section of a changed stack file."""
    found = parsed(changes).database
    assert found
    return found


def test_replicas_are_upgraded_first() -> None:
    """The other order is AWS's to refuse, half-way through an update."""
    assert database({"database.version": "17.10", "database.replicas.r1.version": "17.11"}).replicas["r1"].version == "17.11"


def test_a_promoted_replica_keeps_its_version() -> None:
    """It follows nobody, and may stay behind."""
    assert database({"database.replicas.r1.version": "17.10", "database.replicas.r1.promoted": True}).replicas["r1"].promoted


def test_a_restore_says_a_time_or_a_snapshot() -> None:
    """Automated snapshots and those of AWS Backup have colons in their names."""
    for origin in ("before-the-mistake", "rds:prod-2026-11-28-02-00", "awsbackup:job-1", SOURCE.replace(":db:", ":snapshot:rds:")):
        restore = database({"database.restore": {"from": origin}}).restore
        assert restore
        assert (restore.snapshot, restore.time) == (origin, None)
    timed = database({"database.restore": {"from": "2026-11-28T03:00:00Z"}, "database.use": "restored"}).restore
    assert timed
    assert (timed.snapshot, timed.time) == (None, "2026-11-28T03:00:00Z")


def test_a_copy_has_its_source_s_password_until_it_has_one_of_its_own() -> None:
    """The first version needs no key, and the promotion makes it."""
    assert database({}).own_password_version == 1
    assert database({"database.password_version": 3}).own_password_version == 3
    assert database(COPY).own_password_version is None
    assert database({**COPY, "database.promoted": True}).own_password_version == 1
    assert database({**COPY, "database.promoted": True, "database.password_version": 2}).own_password_version == 2


def test_only_what_is_not_promoted_follows_another_region() -> None:
    """A database of its own follows nobody."""
    assert database(COPY).copies
    assert not database({**COPY, "database.promoted": True}).copies
    assert not database({}).copies
