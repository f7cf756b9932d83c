"""Everything that is watched is on the dashboard."""

from collections.abc import Iterator

from policies.rules.aws_types import DASHBOARD
from policies.rules.edge import rests
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.watched import SUBJECTS


def check(resource: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a resource that no graph shows; decided by where a dashboard's body comes from."""
    if not rests(resource) and not stack.dependents(resource, DASHBOARD, "dashboardBody"):
        yield resource.problem("", "is on no dashboard")


RULE = StackRule(
    name="dashboard_shows_what_is_watched",
    applies_to=tuple(SUBJECTS),
    check=check,
)
