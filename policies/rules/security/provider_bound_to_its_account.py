"""A provider works in one account and says in tags whose everything is."""

import json
from collections.abc import Iterator

from policies.rules.aws_types import PROVIDER
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

OWNERSHIP_TAGS = frozenset({"project", "stack", "managed-by"})


def check(provider: Resource) -> Iterator[Problem]:
    """Find a provider that takes any account, does not ask which it is in, or tags nothing."""
    if len(json.loads(provider.value("allowedAccountIds", "[]"))) != 1:
        yield provider.problem("allowedAccountIds", "must name the one account")
    for path in ("skipRequestingAccountId", "skipCredentialsValidation"):
        if provider.value(path, "false") != "false":
            yield provider.problem(path, "is on, so the account is not looked at")
    tags = json.loads(provider.value("defaultTags", "{}")).get("tags", {})
    if not tags.keys() >= OWNERSHIP_TAGS or not all(tags.values()):
        yield provider.problem("defaultTags", "lack project, stack or managed-by")


RULE = ResourceRule(
    name="provider_bound_to_its_account",
    applies_to=(PROVIDER,),
    check=check,
)
