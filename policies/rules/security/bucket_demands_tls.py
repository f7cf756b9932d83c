"""Every bucket refuses requests without TLS."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_POLICY
from policies.rules.documents import Statement, statements
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

WHOLE = "s3:*"


def check(bucket: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket whose policy does not refuse everybody who comes without TLS, to the bucket and to its objects."""
    policies = stack.dependents(bucket, BUCKET_POLICY, "bucket")
    if not policies:
        yield bucket.problem("", "has no policy, so it answers plain HTTP")
    for policy in policies:
        if not any(map(_refuses_plain_http, statements(policy, "policy"))):
            yield policy.problem("policy", "does not refuse requests without TLS")


def _refuses_plain_http(statement: Statement) -> bool:
    whole = statement.actions == {WHOLE} and {arn.endswith("/*") for arn in statement.resources} == {True, False}
    return whole and statement.refuses_plain_http


RULE = StackRule(
    name="bucket_demands_tls",
    applies_to=(BUCKET,),
    check=check,
)
