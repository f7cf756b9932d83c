"""Every backup stays for a week, some for a month, and none for ever."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_PLAN
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

WEEK_DAYS, MONTH_DAYS = 7, 31
LIFE = "lifecycle.deleteAfter"


def check(plan: Resource) -> Iterator[Problem]:
    """Find a plan that forgets what is noticed late: a week for every backup, a month for the rarest, in each vault."""
    kept = [rule.value(LIFE) for rule in plan.items("rules")]
    copied = [copy.value(LIFE) for rule in plan.items("rules") for copy in rule.items("copyActions")]
    for days in (kept, copied):
        if days and (min(days) < WEEK_DAYS or max(days) < MONTH_DAYS):
            yield plan.problem("rules", "keep some backups for less than a week, or none for a month")


RULE = ResourceRule(
    name="backups_kept_long_enough",
    applies_to=(BACKUP_PLAN,),
    check=check,
)
