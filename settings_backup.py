"""Backups in stack config: when they are made, how long they stay, who may delete them, and that it is proven that they can be restored."""

import itertools
import zoneinfo
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

import settings_types as types
from settings_backup_window import DAY_MINUTES, may_meet
from settings_errors import Problem
from settings_limits import matching, some, unique, within
from settings_types import Section

KEY = "switchyard:backup"

COLD_DAYS = 90
"""What cold storage keeps, it keeps for this long (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html)."""
LONGEST_DAYS = 36_500
"""The longest that a vault's lock knows."""
GRACE_DAYS, LONGEST_GRACE_DAYS = 3, 90
"""AWS lets nobody close a lock sooner (https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html); later it is none."""
Days = Annotated[int, within(1, LONGEST_DAYS, "days")]
RoleName = Annotated[
    str, matching(r"[A-Za-z0-9_+=,.@/-]{1,512}", "must be the name of an IAM role of this account, with its path if it has one")
]


class Weekday(StrEnum):
    """A day of the week, as AWS's schedules have it."""

    MONDAY = "MON"
    TUESDAY = "TUE"
    WEDNESDAY = "WED"
    THURSDAY = "THU"
    FRIDAY = "FRI"
    SATURDAY = "SAT"
    SUNDAY = "SUN"


class LockMode(StrEnum):
    """Who may take a vault's lock off: whoever IAM allows to, or nobody once its grace has passed, AWS included."""

    GOVERNANCE = "governance"
    COMPLIANCE = "compliance"


class Lock(Section):
    """What a vault refuses, whoever asks: to delete a backup before its time, and to take one that stays too short or too long."""

    mode: LockMode
    """Who may take it off."""
    grace_days: Annotated[int, within(GRACE_DAYS, LONGEST_GRACE_DAYS, "days")] | None = None
    """Of a lock in compliance mode: until when it may still be taken off. It counts from the day on which the lock is made."""
    min_days: Days = 7
    """No backup goes sooner."""
    max_days: Days = 400
    """No backup stays longer, so that nobody makes one that is paid for for ever."""


class Copies(Section):
    """The copy of each backup in the second region."""

    enabled: bool = True
    """Whether there is one, in a vault of its own in `recovery.region`."""
    daily_days: Days = 35
    """How long the copy of a daily backup stays."""
    weekly_days: Days = 90
    """How long that of a weekly one stays."""
    monthly_days: Days = 365
    """How long that of a monthly one stays."""


class Restored(StrEnum):
    """What a restore test restores, by AWS Backup's names."""

    DATABASE = "RDS"
    BUCKET = "S3"


class RestoreTesting(Section):
    """The weekly proof that backups can be restored: AWS restores the newest of each kind, and removes what it made."""

    weekday: Weekday = Weekday.WEDNESDAY
    """When."""
    hour: Annotated[int, within(0, 23, "o'clock")] = 9
    """When on that day, in the backups' time zone: while somebody is there to look."""
    validation_hours: Annotated[int, within(1, 168, "hours")] = 4
    """How long what was restored stays, to be looked at, before AWS removes it."""
    which: Annotated[tuple[Restored, ...], some("kind"), unique("kind")] = tuple(Restored)
    """What is restored."""


class Backup(Section):
    """AWS Backup: daily, weekly and monthly backups of what carries the tag, in a vault that refuses to delete them."""

    hour: Annotated[int, within(0, 23, "o'clock")] = 1
    """When backups start, every day."""
    time_zone: types.TimeZone = "UTC"
    """Where that hour is."""
    start_minutes: Annotated[int, within(60, DAY_MINUTES, "minutes")] = 60
    """A backup that has not started so long after its hour has failed."""
    completion_minutes: Annotated[int, within(120, 7 * DAY_MINUTES, "minutes")] = 360
    """One that has not ended so long after its start is stopped."""
    daily_days: Days = 35
    """How long a daily backup stays."""
    weekly_days: Days = 90
    """How long the one of each Sunday stays."""
    monthly_days: Days = 365
    """How long the one of each month's first day stays."""
    cold_storage_after: Days | None = None
    """When a monthly backup goes to cold storage, where it stays for 90 days or more. AWS has none for databases and buckets."""
    lock: Lock
    """What the vaults refuse."""
    may_delete: Annotated[tuple[RoleName, ...], unique("role")] = ()
    """Roles of the account that may delete backups by hand and shorten their time, as far as the lock lets them. Nobody else may."""
    copies: Copies = Copies()
    """Their copies in the second region."""
    restore_testing: RestoreTesting = RestoreTesting()
    """That they can be restored."""

    @property
    def retentions(self) -> Mapping[str, int]:
        """How long each kind of backup stays, by key: those of the copies too, if there are any."""
        own = {"daily_days": self.daily_days, "weekly_days": self.weekly_days, "monthly_days": self.monthly_days}
        copied = {f"copies.{name}": getattr(self.copies, name) for name in own} if self.copies.enabled else {}
        return own | copied


def problems(backup: Backup, windows: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong between the parts of the section, and beside the windows of the database, by their keys.

    A window is as RDS writes it, in UTC: `03:00-04:00` for every day, `sun:05:00-sun:06:00` for one.
    """
    yield from _lock(backup)
    yield from _retention(backup)
    yield from _cold_storage(backup)
    yield from _clock(backup, windows)


def _lock(backup: Backup) -> Iterator[Problem]:
    lock = backup.lock
    if lock.mode is LockMode.COMPLIANCE and lock.grace_days is None:
        yield Problem(f"{KEY}.lock.grace_days", None, f"is missing: for ever needs some days to think it over, at least {GRACE_DAYS}")
    if lock.mode is LockMode.GOVERNANCE and lock.grace_days is not None:
        fix = "remove it, or set lock.mode to compliance"
        yield Problem(f"{KEY}.lock.grace_days", lock.grace_days, f"would lock the vaults for ever, which mode governance does not: {fix}")
    if lock.min_days > lock.max_days:
        yield Problem(f"{KEY}.lock.min_days", lock.min_days, f"is above lock.max_days ({lock.max_days}): lower it or raise that")


def _retention(backup: Backup) -> Iterator[Problem]:
    least, most = backup.lock.min_days, backup.lock.max_days
    for name, days in backup.retentions.items():
        if not least <= days <= most and least <= most:
            fix = "change it, or the lock while that is possible"
            yield Problem(f"{KEY}.{name}", days, f"is refused by the vaults' lock, which takes {least} to {most} days: {fix}")
    for shorter, longer in itertools.pairwise(backup.retentions):
        short, long = backup.retentions[shorter], backup.retentions[longer]
        if shorter.rpartition(".")[0] == longer.rpartition(".")[0] and short > long:
            yield Problem(f"{KEY}.{longer}", long, f"is less than {shorter} ({short}), so that the rarer backup would go first: raise it")


def _cold_storage(backup: Backup) -> Iterator[Problem]:
    cold = backup.cold_storage_after
    if cold is None:
        return
    kept = {name: days for name, days in backup.retentions.items() if name.endswith("monthly_days")}
    for name, days in kept.items():
        if days < cold + COLD_DAYS:
            fix = f"lower it, or raise {name} to {cold + COLD_DAYS}"
            yield Problem(f"{KEY}.cold_storage_after", cold, f"leaves less than {COLD_DAYS} of the {days} days of {name}: {fix}")


def _clock(backup: Backup, windows: Mapping[str, str]) -> Iterator[Problem]:
    if backup.time_zone not in zoneinfo.available_timezones():
        yield Problem(f"{KEY}.time_zone", backup.time_zone, "is no time zone of the IANA database: take one such as Europe/Dublin, or UTC")
        return
    for key, window in windows.items():
        if may_meet(backup.hour, backup.time_zone, backup.start_minutes, window):
            told = f"{backup.hour}:00 {backup.time_zone}, for {backup.start_minutes} minutes"
            fix = "move one of them"
            yield Problem(
                f"{KEY}.hour", told, f"falls into the hour before {key} ({window} UTC) or into it, where AWS lets no backup start: {fix}"
            )
