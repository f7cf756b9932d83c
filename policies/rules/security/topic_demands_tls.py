"""Every topic refuses what is published without TLS."""

from collections.abc import Iterator

from policies.rules.aws_types import TOPIC_POLICY
from policies.rules.documents import statements
from policies.rules.layer import ResourceRule
from policies.rules.properties import Problem
from policies.rules.resource import Resource


def check(policy: Resource) -> Iterator[Problem]:
    """Find a topic's policy that lets somebody publish in plain HTTP; that a topic has one, topic_takes_alarms demands."""
    if not any(each.refuses_plain_http and "sns:publish" in each.actions for each in statements(policy, "policy")):
        yield policy.problem("policy", "does not refuse what is published without TLS")


RULE = ResourceRule(
    name="topic_demands_tls",
    applies_to=(TOPIC_POLICY,),
    check=check,
)
