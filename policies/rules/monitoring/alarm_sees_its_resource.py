"""An alarm's dimensions name resources of the stack and of its region, in CloudWatch's words."""

from collections.abc import Iterator, Sequence
from itertools import chain

from policies.rules.aws_types import ALARM
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack
from policies.rules.watched import ALWAYS, DIMENSIONS, region_of


def check(alarm: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an alarm that will never see a figure, as one with an ARN where CloudWatch knows its last part."""
    for name in sorted(alarm.names("dimensions") & DIMENSIONS.keys()):
        sources = stack.sources(alarm, "dimensions", DIMENSIONS[name].type)
        if not _names_one_of(sources, alarm, name):
            yield alarm.problem("dimensions", "name something that is no resource of the stack in CloudWatch's words")
        elif {region_of(source) for source in sources} != {alarm.value("region", None)}:
            yield alarm.problem("region", "is another one than the resource's, whose figures it cannot see")
    for name in sorted(alarm.names("dimensions") & {name for name, _ in ALWAYS}):
        if (name, alarm.value(f"dimensions.{name}")) not in ALWAYS:
            yield alarm.problem("dimensions", "say something that CloudWatch has no figures for")


def _names_one_of(sources: Sequence[Resource], alarm: Resource, name: str) -> bool:
    output = DIMENSIONS[name].output
    if not output:
        return bool(sources)
    return bool(sources) and alarm.value(f"dimensions.{name}") in chain.from_iterable(_told(source, output) for source in sources)


def _told(source: Resource, output: str) -> Sequence[str]:
    """What an output says; of several parts CloudWatch has the figures of each."""
    found = source.output(output)
    return found if isinstance(found, list) else [found]


RULE = StackRule(
    name="alarm_sees_its_resource",
    applies_to=(ALARM,),
    check=check,
)
