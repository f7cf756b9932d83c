"""A service of AWS's is trusted for this account's resources only."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET_POLICY, KEY, ROLE, TOPIC_POLICY
from policies.rules.documents import DOCUMENTS, statements
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

FOR_WHOM = (
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "kms:EncryptionContext:aws:logs:arn",
    "kms:EncryptionContext:aws:sns:topicArn",
)
WITHOUT_SOURCE = frozenset({"ec2.amazonaws.com"})
"""Services that say nothing of whom they act for, and take a role only for instances of its own account."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find a document that trusts a service on behalf of anybody."""
    path = DOCUMENTS[resource.type]
    for statement in statements(resource, path):
        services = statement.principals.get("Service", frozenset()) - WITHOUT_SOURCE
        if statement.allows and services and not statement.compares(*FOR_WHOM):
            yield resource.problem(path, "trusts a service whoever it acts for")


RULE = ResourceRule(
    name="services_act_for_this_account_only",
    applies_to=(BUCKET_POLICY, KEY, ROLE, TOPIC_POLICY),
    check=check,
)
