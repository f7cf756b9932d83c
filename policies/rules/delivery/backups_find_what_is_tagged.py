"""A plan backs up, every day, all that carries the tag, by a role of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_PLAN, BACKUP_SELECTION, ROLE
from policies.rules.backups import all_tagged, every_day
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

DEFAULT = "cron(0 5 ? * * *)"
"""When AWS backs up where a plan does not say (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html)."""


def check(plan: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a plan that backs up nothing, a part, on some days, or what another stack of the account has tagged."""
    selections = stack.dependents(plan, BACKUP_SELECTION, "planId")
    if not any(every_day(rule.value("schedule", DEFAULT)) for rule in plan.items("rules")):
        yield plan.problem("rules", "make no backup on some days")
    if not selections:
        yield plan.problem("", "selects nothing")
    for selection in selections:
        if set(selection.value("resources", [])) != {"*"} or selection.has("notResources") or selection.has("selectionTags"):
            yield selection.problem("resources", "are not all that carry the tag")
        conditions = selection.items("conditions")
        if len(conditions) != 1 or not all_tagged(conditions[0], "stringEquals", selection):
            yield selection.problem("conditions", "are not the tag and the stack's own")
        if not stack.sources(selection, "iamRoleArn", ROLE):
            yield selection.problem("iamRoleArn", "is no role of the stack")


RULE = StackRule(
    name="backups_find_what_is_tagged",
    applies_to=(BACKUP_PLAN,),
    check=check,
)
