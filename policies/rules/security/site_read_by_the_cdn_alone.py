"""The site's buckets are read by this account's CDN alone, which signs what it asks."""

from collections.abc import Iterator

from policies.rules.aws_types import BUCKET, BUCKET_POLICY, DISTRIBUTION, ORIGIN_ACCESS
from policies.rules.documents import Statement, statements
from policies.rules.edge import named
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.providers import accounts
from policies.rules.resource import Resource
from policies.rules.stack import Stack

CDN = "cloudfront.amazonaws.com"
READ = frozenset({"s3:getobject", "s3:listbucket"})
COMPARED = ("arnlike", "arnequals", "stringequals", "stringlike")
SIGNED = {"signingBehavior": "always", "signingProtocol": "sigv4", "originAccessControlOriginType": "s3"}


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a bucket that is asked without a signature, and one whose policy lets in somebody else, or to more than reading."""
    if resource.type == DISTRIBUTION:
        yield from _of_distribution(resource, stack)
    else:
        for path, wanted in SIGNED.items():
            if resource.value(path) != wanted:
                yield resource.problem(path, "leaves requests to the bucket without a signature")


def _of_distribution(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    for origin in distribution.items("origins"):
        elsewhere = origin.has("vpcOriginConfig") or origin.has("customOriginConfig")
        if not elsewhere and not named(origin, "originAccessControlId", ORIGIN_ACCESS, stack):
            yield origin.problem("originAccessControlId", "is no access control of the stack")
    for bucket in stack.sources(distribution, "origins", BUCKET):
        for policy in stack.dependents(bucket, BUCKET_POLICY, "bucket"):
            if not all(_reads_for(statement, accounts(stack)) for statement in statements(policy, "policy") if statement.allows):
                yield policy.problem("policy", "lets in somebody beside this account's CDN, or to more than reading")


def _reads_for(statement: Statement, own: frozenset[str]) -> bool:
    arns = {arn for operator in COMPARED for arn in statement.conditions.get(operator, {}).get("aws:sourcearn", ())}
    ours = bool(arns) and all(any(arn.startswith(f"arn:aws:cloudfront::{account}:distribution/") for account in own) for arn in arns)
    return statement.principals == {"Service": {CDN}} and statement.actions <= READ and ours


RULE = StackRule(
    name="site_read_by_the_cdn_alone",
    applies_to=(DISTRIBUTION, ORIGIN_ACCESS),
    check=check,
)
