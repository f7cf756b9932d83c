"""Every backup is copied into a vault of the stack in another region."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_PLAN, BACKUP_VAULT
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(plan: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a plan whose backups are lost with the region, in part or all of them."""
    elsewhere = [vault for vault in stack.sources(plan, "rules", BACKUP_VAULT) if vault.value("region", None) != plan.value("region", None)]
    if not elsewhere or not all(rule.items("copyActions") for rule in plan.items("rules")):
        yield plan.problem("rules", "do not all copy to a vault of the stack in another region")
        return
    arns = {vault.output("arn") for vault in elsewhere}
    if not {copy.value("destinationVaultArn") for rule in plan.items("rules") for copy in rule.items("copyActions")} <= arns:
        yield plan.problem("rules", "copy to a vault that is not the stack's, or stands in the same region")


RULE = StackRule(
    name="backups_copied_to_another_region",
    applies_to=(BACKUP_PLAN,),
    check=check,
)
