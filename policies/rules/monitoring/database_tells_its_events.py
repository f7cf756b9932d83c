"""What RDS says of a database is told to a topic of the stack."""

import json
from collections.abc import Collection, Iterator

from policies.rules.aws_types import DATABASE, EVENT_RULE, EVENT_TARGET, TOPIC_POLICY
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack

OF_INSTANCES = "RDS DB Instance Event"


def check(instance: Resource, stack: Stack) -> Iterator[Problem]:
    """Find an instance that fails over, fills up or restarts in silence."""
    identifier = instance.value("identifier")
    rules = [rule for rule in stack.of_type(EVENT_RULE) if identifier in _listened_to(rule)]
    targets = [target for rule in rules for target in stack.dependents(rule, EVENT_TARGET, "rule")]
    if not any(stack.sources(target, "arn", TOPIC_POLICY) for target in targets):
        yield instance.problem("", "tells nobody what happens to it")


def _listened_to(rule: Resource) -> Collection[str]:
    """The instances whose events a rule passes on."""
    pattern = json.loads(rule.value("eventPattern", "{}"))
    if rule.value("state", "ENABLED") != "ENABLED" or OF_INSTANCES not in pattern.get("detail-type", ()):
        return ()
    return [name for name in pattern["detail"]["SourceIdentifier"] if isinstance(name, str)]


RULE = StackRule(
    name="database_tells_its_events",
    applies_to=(DATABASE,),
    check=check,
)
