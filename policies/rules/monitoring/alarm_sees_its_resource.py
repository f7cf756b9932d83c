"""An alarm's dimensions name resources of the stack and of its region, in CloudWatch's words."""

from collections.abc import Iterator

from components.signals import Dimension
from policies.rules.aws_types import ALARM
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.watched import DIMENSIONS


def check(alarm: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an alarm that will never see a figure, as one with an ARN where CloudWatch knows its last part."""
    for name in sorted(alarm.names("dimensions") & DIMENSIONS.keys()):
        if not _names_one_of_the_stack(alarm, name, DIMENSIONS[name], stack):
            yield alarm.problem("dimensions", "name something that is no resource of the stack in CloudWatch's words")
        elif {source.value("region", None) for source in stack.sources(alarm, "dimensions", DIMENSIONS[name].type)} != {_region(alarm)}:
            yield alarm.problem("region", "is another one than the resource's, whose figures it cannot see")


def _region(alarm: Resource) -> object:
    """The region that the provider writes into everything, or that somebody has set; none as the program has it."""
    return alarm.value("region", None)


def _names_one_of_the_stack(alarm: Resource, name: str, dimension: Dimension, stack: Stack) -> bool:
    sources = stack.sources(alarm, "dimensions", dimension.type)
    if not dimension.output:
        return bool(sources)
    return bool(sources) and alarm.value(f"dimensions.{name}") in {source.output(dimension.output) for source in sources}


RULE = StackRule(
    name="alarm_sees_its_resource",
    applies_to=(ALARM,),
    check=check,
)
