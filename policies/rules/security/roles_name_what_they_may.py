"""A role's policies name each action and each resource."""

from collections.abc import Iterator

from policies.rules.aws_types import ROLE, ROLE_POLICY
from policies.rules.documents import statements
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource

WITHOUT_RESOURCES = frozenset(
    {
        "cloudwatch:getmetricdata",
        "ecr:getauthorizationtoken",
        "events:listrules",
        "logs:createlogdelivery",
        "logs:deletelogdelivery",
        "logs:describeloggroups",
        "logs:describeresourcepolicies",
        "logs:getlogdelivery",
        "logs:listlogdeliveries",
        "logs:putresourcepolicy",
        "logs:updatelogdelivery",
        "rds:describeexporttasks",
        "s3:listallmybuckets",
        "ssm:updateinstanceinformation",
        "ssmmessages:createcontrolchannel",
        "ssmmessages:createdatachannel",
        "ssmmessages:opencontrolchannel",
        "ssmmessages:opendatachannel",
        "tag:getresources",
    }
)
"""Actions that know no resource, or in this use none, so that `*` says nothing more (AWS: Service Authorization Reference)."""


def check(resource: Resource) -> Iterator[Problem]:
    """Find an inline policy that allows actions or resources by wildcard, or all but some, and policies of AWS's on a role."""
    if resource.type == ROLE:
        for path in ("managedPolicyArns", "inlinePolicies"):
            if resource.items(path):
                yield resource.problem(path, "gives permissions beside the policies that are read here")
        return
    for statement in statements(resource, "policy"):
        if statement.allows and any("*" in action for action in statement.actions):
            yield resource.problem("policy", "allows actions by a wildcard")
        everywhere = any(set(arn) <= set("*:") or arn.endswith(":*:*") for arn in statement.resources)
        if statement.allows and everywhere and not statement.actions <= WITHOUT_RESOURCES:
            yield resource.problem("policy", "allows actions on every resource")


RULE = ResourceRule(
    name="roles_name_what_they_may",
    applies_to=(ROLE, ROLE_POLICY),
    check=check,
)
