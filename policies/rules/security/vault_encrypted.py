"""What is in a vault is encrypted by a key of the stack, in the vault's region."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_VAULT, KEY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(vault: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a vault with AWS's own key, and one with a key that does not serve its region."""
    keys = stack.sources(vault, "kmsKeyArn", KEY)
    if not keys:
        yield vault.problem("kmsKeyArn", "is no key of the stack")
    elif {key.value("region", None) for key in keys} != {vault.value("region", None)}:
        yield vault.problem("kmsKeyArn", "is a key of another region")


RULE = StackRule(
    name="vault_encrypted",
    applies_to=(BACKUP_VAULT,),
    check=check,
)
