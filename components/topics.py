"""Whom the alarms tell: `page` wakes somebody, `ticket` waits for the morning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.catalogue import TOPIC
from components.documents import allow, for_account, policy, tls_only
from components.naming import EDGE_REGION, fingerprint
from components.signals import Tell
from components.watched import Watched
from components.worth_reading import WORTH_READING
from settings import Settings

Place = tuple[str | None, Tell]
"""A topic's region (None for the stack's own), and what is told there."""


@dataclass(frozen=True, kw_only=True)
class TopicsArgs:
    """Addresses and key."""

    settings: Settings
    """The account whose alarms may publish, who is told, and where there are backups to tell of."""
    key_arns: Mapping[str | None, pulumi.Input[str]]
    """By region (None for the stack's own), keys that CloudWatch may use (alias/aws/sns would silence every alarm)."""
    fleet_role_arn: pulumi.Input[str]
    """The Auto Scaling role, which tells of failed launches in the stack's own region."""

    @property
    def readers(self) -> Mapping[Tell, Sequence[str]]:
        """E-mail addresses by what they are told; a topic for each."""
        return {Tell.PAGE: self.settings.monitoring.page, Tell.TICKET: self.settings.monitoring.ticket}


class Topics(pulumi.ComponentResource):
    """Two encrypted topics in each region that has alarms, which tell no topic of another one, with their subscribers.

    Each address must confirm the mail that AWS sends it for each topic. Not stateful.
    """

    arns: Mapping[str | None, Mapping[Tell, pulumi.Output[str]]]
    """By region and news. Known once the topic's policy lets alarms and fleets publish: Auto Scaling tries it at once."""
    watched: Sequence[Watched]
    """The topics."""

    def __init__(self, name: str, args: TopicsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:monitoring:Topics", name, None, opts)
        places = {(region, news): _name(name, region, news) for region in args.key_arns for news in args.readers}
        topics = {(region, news): self._topic(called, region, args) for (region, news), called in places.items()}
        told = {place: self._publishers(places[place], place, args, topic) for place, topic in topics.items()}
        for place, topic in topics.items():
            self._subscriptions(places[place], place, args, topic)
        self.arns = {region: {news: told[region, news].arn for news in args.readers} for region in args.key_arns}
        self.watched = [_watched(places[region, news], region, topic) for (region, news), topic in topics.items()]
        self.register_outputs({})

    def _topic(self, name: str, region: str | None, args: TopicsArgs) -> aws.sns.Topic:
        return aws.sns.Topic(name, kms_master_key_id=args.key_arns[region], region=region, opts=pulumi.ResourceOptions(parent=self))

    def _publishers(self, name: str, place: Place, args: TopicsArgs, topic: aws.sns.Topic) -> aws.sns.TopicPolicy:
        region, _ = place
        own = for_account(args.settings.account_id)
        fleets = allow(["sns:Publish"], [topic.arn], Sid="Fleets", Principal={"AWS": args.fleet_role_arn})
        backups = allow(["sns:Publish"], [topic.arn], Sid="Backups", Principal={"Service": "backup.amazonaws.com"}, Condition=own)
        events = allow(["sns:Publish"], [topic.arn], Sid="Events", Principal={"Service": "events.amazonaws.com"}, Condition=own)
        return aws.sns.TopicPolicy(
            f"{name}-policy",
            arn=topic.arn,
            policy=policy(
                allow(["sns:Publish"], [topic.arn], Sid="Alarms", Principal={"Service": "cloudwatch.amazonaws.com"}, Condition=own),
                *([] if region else [fleets, events]),
                *([backups] if _hears_backups(place, args) else []),
                tls_only("sns:Publish", [topic.arn]),
            ),
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _subscriptions(self, name: str, place: Place, args: TopicsArgs, topic: aws.sns.Topic) -> None:
        region, news = place
        for address in args.readers[news]:
            aws.sns.TopicSubscription(
                f"{name}-{fingerprint(address)}",
                topic=topic.arn,
                protocol="email",
                endpoint=address,
                filter_policy=WORTH_READING if _hears_backups(place, args) else None,
                region=region,
                opts=pulumi.ResourceOptions(parent=self),
            )


def _hears_backups(place: Place, args: TopicsArgs) -> bool:
    region, news = place
    return news is Tell.TICKET and region in args.settings.backup_regions


def _name(name: str, region: str | None, news: Tell) -> str:
    place = "" if region is None else "-edge" if region == EDGE_REGION else "-copy"
    return f"{name}{place}-{news}"


def _watched(name: str, region: str | None, topic: aws.sns.Topic) -> Watched:
    return Watched(name=name, subject=TOPIC, dimensions={"TopicName": topic.name}, region=region)
