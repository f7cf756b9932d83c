"""What a stack's providers say of where it is."""

import json

from policies.rules.aws_types import PROVIDER
from policies.rules.stack import Stack


def accounts(stack: Stack) -> frozenset[str]:
    """The accounts that the stack's providers take."""
    listed = [json.loads(provider.value("allowedAccountIds", "[]")) for provider in stack.of_type(PROVIDER)]
    return frozenset(account for accounts_of_one in listed for account in accounts_of_one)
