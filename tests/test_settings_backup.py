"""The settings of backups: what is refused names the key and the fix, and what AWS would refuse at night is refused here."""

import pytest

from settings import parse
from settings_backup import Backup, Lock, LockMode, problems
from settings_backup_window import may_meet
from tests.configs import GONE, Changes, changed, parsed, refusal, values

NEVER = {"mode": "governance", "grace_days": 14}
CASES: dict[str, tuple[Changes, str]] = {
    "no lock": ({"backup.lock": GONE}, "lock: is missing: every stack sets it (docs/reference/settings.md lists what there is)."),
    "a lock of no kind": ({"backup.lock.mode": "strict"}, "lock.mode: 'strict' must be governance or compliance."),
    "for ever at once": (
        {"backup.lock.grace_days": GONE},
        "lock.grace_days: is missing: for ever needs some days to think it over, at least 3.",
    ),
    "for ever tomorrow": ({"backup.lock.grace_days": 2}, "lock.grace_days: 2 must be 3 to 90 days."),
    "for ever in a year": ({"backup.lock.grace_days": 365}, "lock.grace_days: 365 must be 3 to 90 days."),
    "a grace that nothing ends": (
        {"backup.lock": NEVER},
        "lock.grace_days: 14 would lock the vaults for ever, which mode governance does not: remove it, or set lock.mode to compliance.",
    ),
    "a lock upside down": (
        {"backup.lock.min_days": 500},
        "lock.min_days: 500 is above lock.max_days (400): lower it or raise that.",
    ),
    "too short for the lock": (
        {"backup.daily_days": 3},
        "daily_days: 3 is refused by the vaults' lock, which takes 7 to 400 days: change it, or the lock while that is possible.",
    ),
    "a copy too long for the lock": (
        {"backup.copies": {"monthly_days": 401}},
        "copies.monthly_days: 401 is refused by the vaults' lock, which takes 7 to 400 days: change it",
    ),
    "weeks that end before days": (
        {"backup.weekly_days": 30},
        "weekly_days: 30 is less than daily_days (35), so that the rarer backup would go first: raise it.",
    ),
    "copies of months that end before those of weeks": (
        {"backup.copies": {"monthly_days": 60}},
        "copies.monthly_days: 60 is less than copies.weekly_days (90), so that the rarer backup would go first: raise it.",
    ),
    "cold for too short": (
        {"backup.cold_storage_after": 300, "backup.copies": {"enabled": False}, "database.copied_days": None},
        "cold_storage_after: 300 leaves less than 90 of the 365 days of monthly_days: lower it, or raise monthly_days to 390.",
    ),
    "no hour of a day": ({"backup.hour": 24}, "hour: 24 must be 0 to 23 o'clock."),
    "a zone that is none": (
        {"backup.time_zone": "Europe/Dubln"},
        "time_zone: 'Europe/Dubln' is no time zone of the IANA database: take one such as Europe/Dublin, or UTC.",
    ),
    "a start that AWS takes for an error": ({"backup.start_minutes": 30}, "start_minutes: 30 must be 60 to 1440 minutes."),
    "a restore of something else": (
        {"backup.restore_testing": {"which": ["EFS"]}},
        "restore_testing.which[0]: 'EFS' must be RDS or S3.",
    ),
    "a restore of nothing": (
        {"backup.restore_testing": {"which": []}},
        "restore_testing.which: [] is empty: name at least one kind.",
    ),
    "a restore twice": ({"backup.restore_testing": {"which": ["S3", "S3"]}}, "restore_testing.which: "),
    "a role that is an ARN": ({"backup.may_delete": ["arn:aws:iam::1:role/x"]}, "may_delete[0]: "),
}


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_has_one_line_that_says_what_to_do(mistake: str) -> None:
    """Key, bad value, what is allowed, the fix: nothing else."""
    changes, line = CASES[mistake]
    assert refusal(changes).startswith(f"Pulumi.prod.yaml has 1 error; nothing was touched.\n  switchyard:backup.{line}")
    assert refusal(changes).count("\n") == 1


def test_without_the_section_there_are_no_backups() -> None:
    """And so no vault in any region; with it, there is one in the second region unless copies are off."""
    assert parsed({"backup": GONE, "database.copied_days": None}).backup_regions == ()
    assert parsed({"backup.copies": {"enabled": False}, "database.copied_days": None}).backup_regions == (None,)
    assert parsed({}).backup_regions == (None, "eu-central-1")


def test_copies_that_are_off_are_not_checked() -> None:
    """What no vault keeps may be as long as it likes."""
    assert parsed({"backup.copies": {"enabled": False, "monthly_days": 9000}, "database.copied_days": None}).backup


@pytest.mark.parametrize("grace", [3, 14])
def test_production_s_lock_becomes_final_after_its_grace(grace: int) -> None:
    """The grace counts from the lock's making."""
    config = changed({"backup.lock.grace_days": grace})
    backup = parse("prod", "eu-west-1", values(config)).backup
    assert backup
    assert (backup.lock.mode, backup.lock.grace_days) == ("compliance", grace)


@pytest.mark.parametrize(
    ("window", "meets"),
    [
        ("02:00-03:00", True),
        ("02:59-03:30", True),
        ("03:00-04:00", False),
        ("00:30-01:30", True),
        ("00:00-01:00", False),
        ("23:30-01:01", True),
        ("mon:02:00-mon:02:30", True),
        ("sun:23:30-mon:01:30", True),
        ("sun:04:00-sun:05:00", False),
    ],
)
def test_a_job_may_not_start_in_a_window_or_in_the_hour_before(window: str, meets: bool) -> None:  # noqa: FBT001 -- what is expected
    """At one o'clock UTC or up to an hour later; a window of one day is met on that day."""
    assert may_meet(1, "UTC", 60, window) is meets


def test_both_clocks_of_a_year_count() -> None:
    """In Dublin one o'clock is one o'clock UTC in winter and midnight in summer: neither may be in the way."""
    assert may_meet(1, "Europe/Dublin", 60, "02:30-03:00")
    assert may_meet(1, "Europe/Dublin", 60, "00:10-00:40")
    assert not may_meet(1, "Europe/Dublin", 60, "03:00-03:30")
    assert may_meet(1, "America/New_York", 60, "06:30-07:00")


def test_what_is_no_window_meets_nothing() -> None:
    """It is refused where it is set, with its own words."""
    assert not may_meet(1, "UTC", 60, "whenever")


def test_a_window_in_the_way_is_told_by_its_key() -> None:
    """Whichever of the database's it is, and only that one."""
    backup = Backup(lock=Lock(mode=LockMode.GOVERNANCE))
    windows = {"switchyard:database.backup_window": "02:00-02:30", "switchyard:database.maintenance_window": "sun:05:00-sun:06:00"}
    (found,) = map(str, problems(backup, windows))
    assert found.startswith(
        "switchyard:backup.hour: '1:00 UTC, for 60 minutes' falls into the hour before switchyard:database.backup_window "
    )
    assert found.endswith("(02:00-02:30 UTC) or into it, where AWS lets no backup start: move one of them.")
