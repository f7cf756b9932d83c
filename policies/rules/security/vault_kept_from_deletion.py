"""Nobody deletes a backup by hand, but for AWS Backup itself and roles of this account that are named."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_VAULT, VAULT_POLICY
from policies.rules.documents import Statement, statements
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.providers import accounts
from policies.rules.resource import Resource
from policies.rules.stack import Stack

ENDING = frozenset({"backup:deleterecoverypoint", "backup:disassociaterecoverypoint", "backup:updaterecoverypointlifecycle"})
"""What ends a backup before its time."""
UNLESS = ("arnnotlike", "aws:principalarn")


def check(vault: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a vault whose policy does not refuse it, or refuses it with more exceptions than roles by their names."""
    policies = stack.dependents(vault, VAULT_POLICY, "backupVaultName")
    own = accounts(stack)
    if not any(_refuses(each, own) for policy in policies for each in statements(policy, "policy")):
        yield vault.problem("", "has no policy that keeps its backups from being deleted by hand")


def _refuses(statement: Statement, own: frozenset[str]) -> bool:
    operator, key = UNLESS
    whole = not statement.allows and statement.anyone and "*" in statement.resources and statement.actions >= ENDING
    if not whole or {name: set(keys) for name, keys in statement.conditions.items()} != {operator: {key}}:
        return False
    return all(_names_a_role(arn, own) for arn in statement.conditions[operator][key])


def _names_a_role(arn: str, own: frozenset[str]) -> bool:
    return "*" not in arn and ":role/" in arn and arn.split(":")[4] in own


RULE = StackRule(
    name="vault_kept_from_deletion",
    applies_to=(BACKUP_VAULT,),
    check=check,
)
