import json
from typing import Any

import pytest
from moto.sns.utils import FilterPolicyMatcher

from components.worth_reading import WORTH_READING


def attributes(**values: str) -> dict[str, Any]:
    """What AWS Backup says of a job beside its text."""
    return {name: {"Type": "String", "Value": value} for name, value in values.items()}


@pytest.mark.parametrize(
    ("told", "mailed"),
    [
        ({}, True),
        (attributes(EventType="BACKUP_JOB", State="COMPLETED"), False),
        (attributes(EventType="BACKUP_JOB", State="FAILED"), True),
        (attributes(EventType="COPY_JOB", State="COMPLETED"), True),
        (attributes(EventType="RESTORE_JOB", State="COMPLETED"), True),
    ],
    ids=["an alarm", "a backup that went well", "one that failed", "a copy", "a restore"],
)
def test_all_is_mailed_but_a_backup_that_went_well(told: dict[str, Any], mailed: bool) -> None:  # noqa: FBT001 -- what is expected
    """As the emulator reads a filter of attributes."""
    assert FilterPolicyMatcher(json.loads(WORTH_READING), "MessageAttributes").matches(told, "") is mailed
