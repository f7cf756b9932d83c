"""Every path of a service leads through the CDN to it, with all that was asked."""

from collections.abc import Iterator

from policies.rules.aws_types import DISTRIBUTION, LISTENER_RULE
from policies.rules.edge import ORDERED, leads_inside
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.traffic import moves_traffic

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"})
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
"""AWS's own policy by which an origin gets every header, cookie and query of the request."""


def check(distribution: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a path that the load balancer knows and the CDN takes for the site's, and one on which something of a request is lost."""
    inside = [behavior for behavior in distribution.items(ORDERED) if leads_inside(distribution, behavior)]
    traffic = [rule for rule in stack.of_type(LISTENER_RULE) if moves_traffic(rule)]
    known = {path for rule in traffic for each in rule.items("conditions") for path in each.value("pathPattern.values", [])}
    if not {behavior.value("pathPattern") for behavior in inside} >= known:
        yield distribution.problem(ORDERED, "leave out a path of a service")
    for behavior in inside:
        if not set(behavior.value("allowedMethods")) >= METHODS:
            yield behavior.problem("allowedMethods", "leave out what services are asked by")
        if behavior.value("originRequestPolicyId", "") != ALL_VIEWER:
            yield behavior.problem("originRequestPolicyId", "keeps something of a request from the service")


RULE = StackRule(
    name="paths_lead_to_their_services",
    applies_to=(DISTRIBUTION,),
    check=check,
)
