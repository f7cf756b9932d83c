"""Somebody listens to every topic, and hears all that is news."""

import json
from collections.abc import Iterator

from components.worth_reading import WORTH_READING
from policies.rules.aws_types import TOPIC, TOPIC_SUBSCRIPTION
from policies.rules.layer import StackRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource
from policies.rules.stack import Stack


def check(topic: Resource, stack: Stack) -> Iterator[Problem]:
    """Find a topic that nobody listens to, or whose listeners all leave something out; backups that went well may be left out."""
    subscribers = stack.dependents(topic, TOPIC_SUBSCRIPTION, "topic")
    if not subscribers:
        yield topic.problem("", "has no subscriber")
    elif not any(_hears_news(each) for each in subscribers):
        yield topic.problem("", "has only subscribers that leave out news")


def _hears_news(subscription: Resource) -> bool:
    if not subscription.has("filterPolicy"):
        return True
    in_attributes = subscription.value("filterPolicyScope", "MessageAttributes") == "MessageAttributes"
    return in_attributes and bool(json.loads(subscription.value("filterPolicy")) == json.loads(WORTH_READING))


RULE = StackRule(
    name="topic_has_subscriber",
    applies_to=(TOPIC,),
    check=check,
)
