"""SNS: topics, their policies and their subscribers."""

import json
import re
from collections.abc import Iterator
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

TOPIC = ("displayName", "policy", "deliveryPolicy", "kmsMasterKeyId", "signatureVersion", "tracingConfig", "contentBasedDeduplication")

SUBSCRIPTION = ("deliveryPolicy", "filterPolicy", "filterPolicyScope", "rawMessageDelivery", "redrivePolicy", "subscriptionRoleArn")

NAMING = Naming(256, pattern=r"[A-Za-z0-9_-]+(\.fifo)?", says="letters, digits, _ and -, for a FIFO topic with .fifo at the end")

PROTOCOLS = ("application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs")

CONFIRMED_BY_HAND = ("email", "email-json")
"""AWS sends these a mail with a link, and delivers nothing until somebody follows it: never in an emulator."""

OWNERS = ("Publish", "RemovePermission", "SetTopicAttributes", "DeleteTopic", "ListSubscriptionsByTopic", "GetTopicAttributes")

MAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"


def _changing(thing: str, names: tuple[str, ...]) -> tuple[Call, ...]:
    """Return the calls that set attributes: SNS takes one at a time."""
    return tuple(
        Call(
            f"set_{thing.lower()}_attributes",
            f"{{{thing}Arn: id, AttributeName: '{name[0].upper()}{name[1:]}', AttributeValue: {name} || ''}}",
            on=(name,),
        )
        for name in names
    )


def _reading(thing: str, names: tuple[str, ...]) -> Call:
    """Return the call that reads them back; what SNS does not answer is not set."""
    unset = ", ".join(f"{name[0].upper()}{name[1:]}: `null`" for name in names)
    return Call(f"get_{thing.lower()}_attributes", f"{{{thing}Arn: id}}", f"Attributes && merge({{{unset}}}, Attributes)")


def _reset(client: Any, facts: Facts) -> None:
    """Put the policy back that AWS gives a new topic: only the owner may use it."""
    statement = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": [f"SNS:{action}" for action in (*OWNERS, "AddPermission", "Subscribe")],
        "Resource": facts["id"],
        "Condition": {"StringEquals": {"AWS:SourceOwner": facts["account"]}},
    }
    policy = {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]}
    client.set_topic_attributes(TopicArn=facts["id"], AttributeName="Policy", AttributeValue=json.dumps(policy))


def _subscription_failures(inputs: Facts) -> Iterator[Failure]:
    if inputs.get("protocol") in CONFIRMED_BY_HAND and not re.fullmatch(MAIL, inputs.get("endpoint", "a@b.c")):
        yield "endpoint", f"{inputs['endpoint']!r} is no e-mail address"


def _is_pending(facts: Facts) -> bool:
    """Whether nobody has confirmed it; the emulator says that everybody has."""
    return facts["protocol"] in CONFIRMED_BY_HAND


ROWS = (
    Row(
        type="aws.sns.Topic",
        create=Call("create_topic", "{Attributes: fifoTopic && {FifoTopic: 'true'}}"),
        id="TopicArn",
        read=_reading("Topic", TOPIC),
        update=_changing("Topic", TOPIC),
        delete=Call("delete_topic", "{TopicArn: id}"),
        computed={"name": lambda facts: facts["id"].rpartition(":")[2]},
        replaces=("fifoTopic",),
        naming=NAMING,
        limits={"displayName": Limit(high=100), "signatureVersion": Limit(1, 2), "tracingConfig": Limit(choices=("PassThrough", "Active"))},
    ),
    Row(
        type="aws.sns.TopicPolicy",
        create=Call("set_topic_attributes", "{TopicArn: arn, AttributeName: 'Policy', AttributeValue: policy}"),
        id="{arn}",
        read=Call("get_topic_attributes", "{TopicArn: id}", "Attributes.{policy: Policy, owner: Owner}"),
        update=Call("set_topic_attributes", "{TopicArn: id, AttributeName: 'Policy', AttributeValue: policy}"),
        delete=Call(_reset),
        replaces=("arn",),
    ),
    Row(
        type="aws.sns.TopicSubscription",
        noun="Subscription",
        create=Call("subscribe", "{ReturnSubscriptionArn: `true`}"),
        id="SubscriptionArn",
        read=_reading("Subscription", SUBSCRIPTION),
        update=_changing("Subscription", SUBSCRIPTION),
        delete=Call("unsubscribe", "{SubscriptionArn: id}"),
        names={"topic": "TopicArn", "ownerId": "Owner"},
        computed={"pendingConfirmation": _is_pending},
        kept=("confirmationTimeoutInMinutes", "endpointAutoConfirms"),
        replaces=("topic", "protocol", "endpoint"),
        limits={"protocol": Limit(choices=PROTOCOLS)},
        check=_subscription_failures,
    ),
)
