"""A fleet's group, instances and disks carry tags that say whose they are."""

from collections.abc import Iterator, Mapping

from policies.rules.aws_types import AUTO_SCALING_GROUP, LAUNCH_TEMPLATE
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

OWNER = frozenset({"project", "stack", "managed-by", "service", "color"})
"""Tags of instances too; what a group says of itself alone, it need not pass on."""


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find tags that are missing or name somebody else: the provider's default tags reach neither a group nor what it launches."""
    if resource.type == LAUNCH_TEMPLATE:
        for tagged in resource.items("tagSpecifications"):
            if not _owner(resource).items() <= tagged.value("tags", {}).items():
                yield tagged.problem("tags", "do not say project, stack, managed-by, service and color")
        return
    for tag in resource.items("tags"):
        if tag.value("key") in OWNER and not tag.value("propagateAtLaunch"):
            yield tag.problem("propagateAtLaunch", "is off, so instances do not carry the tag")
    tags = {tag.value("key"): tag.value("value") for tag in resource.items("tags")}
    for template in stack.sources(resource, "mixedInstancesPolicy", LAUNCH_TEMPLATE):
        if not _owner(template).items() <= tags.items():
            yield resource.problem("tags", "do not say project, stack, managed-by, service and color")


def _owner(template: Resource) -> Mapping[str, str]:
    """What the tags must say: the template itself carries service and color, its URN tells the rest."""
    project = template.urn.split("::")[1]
    own = {key: template.tag(key) for key in ("service", "color")}
    return {"project": project, "stack": template.stack, "managed-by": "pulumi", **own}


RULE = StackRule(
    name="fleets_carry_their_owner",
    applies_to=(AUTO_SCALING_GROUP, LAUNCH_TEMPLATE),
    check=check,
)
