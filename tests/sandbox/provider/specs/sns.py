"""Specs of SNS."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

POLICY = (
    '{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {{"Service": "{0}.amazonaws.com"}}, '
    '"Action": "sns:Publish", "Resource": "*"}}]}}'
)


def _subscription(world: World) -> dict[str, Any]:
    return {"topic": world.id("aws.sns.Topic"), "protocol": "email", "endpoint": "oncall@example.com"}


SPECS = (
    Spec(
        type="aws.sns.Topic",
        inputs=lambda world: {"kmsMasterKeyId": world.make("aws.kms.Key").outputs["arn"], "tags": {"kind": "page"}},
        change={"displayName": "Page", "kmsMasterKeyId": None, "tags": {"kind": "ticket"}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.sns.TopicPolicy",
        inputs=lambda world: {"arn": world.id("aws.sns.Topic"), "policy": POLICY.format("cloudwatch")},
        change={"policy": POLICY.format("events")},
        replace={"arn": "arn:aws:sns:eu-west-1:123456789012:another"},
        remains="AWS gives a topic its first policy back",
    ),
    Spec(
        type="aws.sns.TopicSubscription",
        inputs=_subscription,
        change={"filterPolicy": '{"kind": ["page"]}'},
        replace={"endpoint": "others@example.com"},
    ),
)
