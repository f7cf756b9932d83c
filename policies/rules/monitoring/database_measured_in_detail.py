"""The database's operating system is measured every minute, and the load of its statements recorded."""

from collections.abc import Iterator

from policies.rules.aws_types import DATABASE, ROLE
from policies.rules.databases import follows
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

LONGEST_SECONDS = 60
"""The longest that RDS knows; 0 is off."""


def check(instance: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an instance that nobody can look into, or of which AWS chooses how much is recorded; a replica cannot say it."""
    if not 0 < instance.value("monitoringInterval", 0) <= LONGEST_SECONDS:
        yield instance.problem("monitoringInterval", "leaves the operating system unmeasured")
    if not stack.sources(instance, "monitoringRoleArn", ROLE):
        yield instance.problem("monitoringRoleArn", "is no role of the stack")
    if not instance.value("performanceInsightsEnabled", default=False):
        yield instance.problem("performanceInsightsEnabled", "is not on")
    if not instance.value("performanceInsightsRetentionPeriod", 0):
        yield instance.problem("performanceInsightsRetentionPeriod", "is left to AWS")
    if not follows(instance) and not instance.has("databaseInsightsMode"):
        yield instance.problem("databaseInsightsMode", "is left to AWS")


RULE = StackRule(
    name="database_measured_in_detail",
    applies_to=(DATABASE,),
    check=check,
)
