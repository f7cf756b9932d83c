"""Whom the alarms tell: `page` wakes somebody, `ticket` waits for the morning."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.catalogue import TOPIC
from components.documents import allow, policy, tls_only
from components.naming import fingerprint
from components.watched import Watched


@dataclass(frozen=True, kw_only=True)
class TopicsArgs:
    """Addresses and key."""

    account_id: str
    """Only alarms of this account may publish."""
    key_arn: pulumi.Input[str]
    """A key that CloudWatch may use (alias/aws/sns would silence every alarm)."""
    fleet_role_arn: pulumi.Input[str]
    """The Auto Scaling role, which tells of failed launches."""
    page: Sequence[str]
    """E-mail addresses."""
    ticket: Sequence[str]
    """E-mail addresses."""


class Topics(pulumi.ComponentResource):
    """Two encrypted topics with their subscribers. Each address must confirm the mail that AWS sends it once. Not stateful."""

    page_arn: pulumi.Output[str]
    """Users are hurt now. Known once the topic's policy lets alarms and fleets publish: Auto Scaling tries it at once."""
    ticket_arn: pulumi.Output[str]
    """Something wants attention in working hours. Known as late as the other."""
    watched: Sequence[Watched]
    """Both topics."""

    def __init__(self, name: str, args: TopicsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:monitoring:Topics", name, None, opts)
        page, ticket = self._topic(f"{name}-page", args), self._topic(f"{name}-ticket", args)
        self.page_arn = self._told(f"{name}-page", args, page, args.page)
        self.ticket_arn = self._told(f"{name}-ticket", args, ticket, args.ticket)
        self.watched = [_watched(f"{name}-page", page), _watched(f"{name}-ticket", ticket)]
        self.register_outputs({})

    def _told(self, name: str, args: TopicsArgs, topic: aws.sns.Topic, addresses: Sequence[str]) -> pulumi.Output[str]:
        for address in addresses:
            self._subscription(f"{name}-{fingerprint(address)}", topic, address)
        return self._publishers(name, args, topic).arn

    def _topic(self, name: str, args: TopicsArgs) -> aws.sns.Topic:
        return aws.sns.Topic(name, kms_master_key_id=args.key_arn, opts=pulumi.ResourceOptions(parent=self))

    def _publishers(self, name: str, args: TopicsArgs, topic: aws.sns.Topic) -> aws.sns.TopicPolicy:
        own = {"StringEquals": {"aws:SourceAccount": args.account_id}}
        return aws.sns.TopicPolicy(
            f"{name}-policy",
            arn=topic.arn,
            policy=policy(
                allow(["sns:Publish"], [topic.arn], Sid="Alarms", Principal={"Service": "cloudwatch.amazonaws.com"}, Condition=own),
                allow(["sns:Publish"], [topic.arn], Sid="Fleets", Principal={"AWS": args.fleet_role_arn}),
                tls_only("sns:Publish", [topic.arn]),
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _subscription(self, name: str, topic: aws.sns.Topic, address: str) -> aws.sns.TopicSubscription:
        return aws.sns.TopicSubscription(
            name,
            topic=topic.arn,
            protocol="email",
            endpoint=address,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _watched(name: str, topic: aws.sns.Topic) -> Watched:
    return Watched(name=name, subject=TOPIC, dimensions={"TopicName": topic.name})
