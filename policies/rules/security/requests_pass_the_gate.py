"""Every request passes the gate that maintenance closes, and every answer of a service the function that takes cookies out."""

from collections.abc import Iterator

from components import edge
from policies.rules.aws_types import DISTRIBUTION, EDGE_FUNCTION, KEY_VALUE, KEY_VALUE_STORE
from policies.rules.edge import behaviors, leads_inside, named
from policies.rules.layer import StackRule
from policies.rules.properties import Problem, Properties
from policies.rules.resource import Resource
from policies.rules.stack import Stack

GATE, ANSWERS = edge.service_function(), edge.answers_function()
WAY = edge.site_function()
"""The gate, then the way into the viewer's release: for files only."""

KEYS = frozenset({edge.TRAFFIC_KEY, edge.MAINTENANCE_KEY, edge.CACHING_KEY})
"""What the functions read; without its key the gate is open."""


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a path that a measure would not reach, a program on the way that is not ours, and a function that reads no store."""
    if resource.type == KEY_VALUE_STORE:
        if not {key.value("key") for key in stack.dependents(resource, KEY_VALUE, "keyValueStoreArn")} >= KEYS:
            yield resource.problem("", "lacks a key that functions read")
    elif resource.type == EDGE_FUNCTION:
        if not stack.sources(resource, "keyValueStoreAssociations", KEY_VALUE_STORE):
            yield resource.problem("keyValueStoreAssociations", "name no store of the stack")
        if not resource.value("publish", default=True):
            yield resource.problem("publish", "is off, so the function that runs is an older one")
    else:
        yield from _paths(resource, stack)


def _paths(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    for behavior in behaviors(distribution):
        if behavior.items("lambdaFunctionAssociations"):
            yield behavior.problem("lambdaFunctionAssociations", "run programs that nobody here has read")
        inside = leads_inside(distribution, behavior)
        before, after = _runs(behavior, "viewer-request", stack), _runs(behavior, "viewer-response", stack)
        if before not in ((GATE,) if inside else (GATE, WAY)) or after != (ANSWERS if inside else None):
            yield behavior.problem("functionAssociations", "run another function than the one for these requests")


def _runs(behavior: Properties, event: str, stack: Stack) -> str | None:
    """The code that runs on an event; none where nothing does, or nothing of the stack."""
    places = [each for each in behavior.items("functionAssociations") if each.value("eventType") == event]
    function = named(places[0], "functionArn", EDGE_FUNCTION, stack) if places else None
    return function.value("code") if function else "" if places else None


RULE = StackRule(
    name="requests_pass_the_gate",
    applies_to=(DISTRIBUTION, EDGE_FUNCTION, KEY_VALUE_STORE),
    check=check,
)
