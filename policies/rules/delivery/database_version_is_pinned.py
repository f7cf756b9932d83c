"""Which version of PostgreSQL runs is config's choice, and never one whose support is paid for."""

import re
from collections.abc import Iterator

from policies.rules.aws_types import DATABASE
from policies.rules.databases import made_anew
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

PINNED = re.compile(r"\d+\.\d+", re.ASCII)
STANDARD_SUPPORT = "open-source-rds-extended-support-disabled"
"""What CreateDBInstance takes; by default a major version that has ended goes on, for a price by the hour and CPU."""


def check(instance: Resource) -> Iterator[Problem]:
    """Find an instance that AWS upgrades when it likes, or bills for not being upgraded; a replica's support is its source's."""
    if instance.value("autoMinorVersionUpgrade", default=True):
        yield instance.problem("autoMinorVersionUpgrade", "is on, so that AWS chooses what runs")
    if not PINNED.fullmatch(instance.value("engineVersion")):
        yield instance.problem("engineVersion", "names no minor version")
    if made_anew(instance) and instance.value("engineLifecycleSupport", "") != STANDARD_SUPPORT:
        yield instance.problem("engineLifecycleSupport", "is AWS's default, paid support for what has ended")


RULE = ResourceRule(
    name="database_version_is_pinned",
    applies_to=(DATABASE,),
    check=check,
)
