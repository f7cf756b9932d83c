"""What holds state is protected against deletion in every stack, until it is retiring, or its service is."""

from collections.abc import Iterator

from policies.rules.aws_types import BACKUP_VAULT, BUCKET, DATABASE, DISTRIBUTION, KEY, LOAD_BALANCER, LOG_GROUP, REPLICATION_GROUP, SECRET
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

GIVEN_UP = (SECRET, LOG_GROUP, DATABASE)
"""What a service, or a database, that is retiring no longer protects; it tags them."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find a stateful resource that the engine may delete, and that nobody has given up."""
    if resource.options.protect or (resource.type in GIVEN_UP and resource.value("tags.retiring", "") == "true"):
        return
    yield resource.problem("", "is not protected, so an update may delete it")


RULE = ResourceRule(
    name="stateful_things_protected",
    applies_to=(KEY, BUCKET, BACKUP_VAULT, SECRET, LOG_GROUP, LOAD_BALANCER, DISTRIBUTION, REPLICATION_GROUP, DATABASE),
    check=check,
)
