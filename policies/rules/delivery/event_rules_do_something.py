"""What an event is to start is started: the rule is on, and leads to a workflow or a topic of the stack."""

from collections.abc import Iterator

from policies.rules.aws_types import EVENT_RULE, EVENT_TARGET, ROLE, STATE_MACHINE, TOPIC_POLICY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

ON = "ENABLED"


def check(rule: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a rule that is off, or after whose events nothing of the stack happens."""
    if rule.value("state", ON) != ON:
        yield rule.problem("state", "is not ENABLED")
    if not rule.value("isEnabled", default=True):
        yield rule.problem("isEnabled", "is off")
    targets = stack.dependents(rule, EVENT_TARGET, "rule")
    if not targets:
        yield rule.problem("", "has no target")
    for target in targets:
        starts = stack.sources(target, "arn", STATE_MACHINE)
        if not starts and not stack.sources(target, "arn", TOPIC_POLICY):
            yield target.problem("arn", "is neither a workflow nor a topic of the stack")
        if starts and not stack.sources(target, "roleArn", ROLE):
            yield target.problem("roleArn", "is no role of the stack, so that the workflow is not started")


RULE = StackRule(
    name="event_rules_do_something",
    applies_to=(EVENT_RULE,),
    check=check,
)
