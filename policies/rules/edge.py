"""How the rules read a distribution: what it does with which requests, and which resources of the stack the ids in it name."""

from collections.abc import Mapping, Sequence

from policies.rules.aws_types import HEALTH_CHECK
from policies.rules.properties import Properties
from policies.rules.resource import Resource
from policies.rules.stack import Stack

EDGE_REGION = "us-east-1"
"""Where everything stands that CloudFront reads, and where its figures are."""
ORDERED = "orderedCacheBehaviors"


def behaviors(distribution: Resource) -> Sequence[Properties]:
    """What is done with a request, by path: the default first."""
    return [distribution.inputs.part("defaultCacheBehavior"), *distribution.items(ORDERED)]


def origins(distribution: Resource, behavior: Properties) -> Sequence[Properties]:
    """Who may answer a request: one origin, or the members of a group in the order in which they are asked."""
    by_id: Mapping[str, Properties] = {origin.value("originId"): origin for origin in distribution.items("origins")}
    groups = {group.value("originId"): group.items("members") for group in distribution.items("originGroups")}
    target = behavior.value("targetOriginId")
    asked = [member.value("originId") for member in groups[target]] if target in groups else [target]
    return [by_id[each] for each in asked]


def leads_inside(distribution: Resource, behavior: Properties) -> bool:
    """Tell whether services answer: all that are no bucket's files."""
    return any(origin.has("vpcOriginConfig") for origin in origins(distribution, behavior))


def named(place: Properties, path: str, kind: str, stack: Stack) -> Resource | None:
    """Return the resource whose id or ARN stands at a path; None if it is not the stack's.

    The engine tells no pack an id, so a resource is known by its ARN, which ends with the id.
    """
    name = place.value(path)
    return next((each for each in stack.of_type(kind) if name in _names(each)), None)


def is_public(stack: Stack) -> bool:
    """Tell whether everybody may come; where not, Route 53 may not either (health_check_asks_as_users_do)."""
    return not any(rests(each) for each in stack.of_type(HEALTH_CHECK))


def rests(resource: Resource) -> bool:
    """Tell whether it is a health check that asks nothing, so that there is nothing to watch."""
    return resource.type == HEALTH_CHECK and bool(resource.value("disabled", default=False))


def _names(resource: Resource) -> tuple[str, str]:
    arn = resource.output("arn")
    return arn, arn.rpartition("/")[2]
