"""A plan backs up all that carries the tag, by a role of the stack."""

from collections.abc import Iterator

from components.tags import BACKUP_TAG, DAILY
from policies.rules.aws_types import BACKUP_PLAN, BACKUP_SELECTION, ROLE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

OWN = frozenset({f"aws:ResourceTag/{name}" for name in (BACKUP_TAG, "project", "stack")})
"""What tells the stack's own tagged things from another one's."""


def check(plan: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a plan that backs up nothing, a part, or what another stack of the account has tagged."""
    selections = stack.dependents(plan, BACKUP_SELECTION, "planId")
    if not selections:
        yield plan.problem("", "selects nothing")
    for selection in selections:
        if set(selection.value("resources", [])) != {"*"} or selection.has("notResources") or selection.has("selectionTags"):
            yield selection.problem("resources", "are not all that carry the tag")
        equal = {each.value("key"): each.value("value") for part in selection.items("conditions") for each in part.items("stringEquals")}
        if equal.keys() != OWN or equal[f"aws:ResourceTag/{BACKUP_TAG}"] != DAILY:
            yield selection.problem("conditions", "are not the tag and the stack's own")
        if not stack.sources(selection, "iamRoleArn", ROLE):
            yield selection.problem("iamRoleArn", "is no role of the stack")


RULE = StackRule(
    name="backups_find_what_is_tagged",
    applies_to=(BACKUP_PLAN,),
    check=check,
)
