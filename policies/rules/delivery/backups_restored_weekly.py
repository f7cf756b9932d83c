"""Backups are restored every week, to prove that they can be."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_PLAN, BACKUP_VAULT, RESTORE_TESTING_PLAN, RESTORE_TESTING_SELECTION, ROLE
from policies.rules.backups import all_tagged, every_week
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

WEEK_DAYS = 7
CONDITIONS = "protectedResourceConditions"


def check(plan: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a plan from whose vault nothing is restored, or old backups, or another stack's, or more rarely than that."""
    vaults = stack.sources(plan, "rules", BACKUP_VAULT)
    tests = [test for vault in vaults for test in stack.dependents(vault, RESTORE_TESTING_PLAN, "recoveryPointSelection")]
    selections = {test: stack.dependents(test, RESTORE_TESTING_SELECTION, "restoreTestingPlanName") for test in tests}
    if not any(selections.values()):
        yield plan.problem("", "makes backups that nobody restores")
    for test in tests:
        if not every_week(test.value("scheduleExpression")) or test.value("recoveryPointSelection.selectionWindowDays", 30) > WEEK_DAYS:
            yield test.problem("scheduleExpression", "is rarer than weekly, or what is restored is older than a week")
        for selection in selections[test]:
            if not stack.sources(selection, "iamRoleArn", ROLE):
                yield selection.problem("iamRoleArn", "is no role of the stack")
            if not all_tagged(selection, f"{CONDITIONS}.stringEquals", selection):
                yield selection.problem(CONDITIONS, "are not the tag and the stack's own, so that the test may find nothing")


RULE = StackRule(
    name="backups_restored_weekly",
    applies_to=(BACKUP_PLAN,),
    check=check,
)
