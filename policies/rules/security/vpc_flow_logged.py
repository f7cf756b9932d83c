"""Every VPC records its connections."""

from collections.abc import Iterator

from policies.rules.aws_types import FLOW_LOG, VPC
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

SEES_REFUSALS = frozenset({"ALL", "REJECT"})


def check(vpc: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a VPC without a flow log, or with one that does not record what was refused."""
    logs = stack.dependents(vpc, FLOW_LOG, "vpcId")
    if not logs:
        yield vpc.problem("", "has no flow log")
    for log in logs:
        if log.value("trafficType", "") not in SEES_REFUSALS:
            yield log.problem("trafficType", "must be ALL or REJECT")


RULE = StackRule(
    name="vpc_flow_logged",
    applies_to=(VPC,),
    check=check,
)
