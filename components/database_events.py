"""What RDS says of the database, mailed to whoever reads tickets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

CATEGORIES = (
    *("availability", "configuration change", "deletion", "failover", "failure", "low storage", "maintenance"),
    *("notification", "read replica", "recovery", "restoration", "security patching"),
)
"""RDS's categories of events (RDS user guide, "Amazon RDS event categories and event messages"), but for the daily backup and creations."""
PATHS = {"instance": "$.detail.SourceIdentifier", "said": "$.detail.Message", "event": "$.detail.EventID", "time": "$.time"}
MAIL = '"<instance>: <said> (<event>, <time>)"'


@dataclass(frozen=True, kw_only=True)
class DatabaseEventsArgs:
    """Whose events, and who is told."""

    identifiers: Sequence[str]
    """The instances of the database."""
    topic_arn: pulumi.Input[str]
    """The topic of the tickets; its policy and its key let EventBridge publish."""


class DatabaseEvents(pulumi.ComponentResource):
    """A rule of EventBridge that turns each event into one line of a mail.

    RDS's own subscriptions cannot do it: they publish to no topic that is encrypted with a key of ours. Not stateful; AWS's own events cost
    nothing.
    """

    def __init__(self, name: str, args: DatabaseEventsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseEvents", name, None, opts)
        rule = self._rule(name, args)
        self._target(f"{name}-mail", args, rule)
        self.register_outputs({})

    def _rule(self, name: str, args: DatabaseEventsArgs) -> aws.cloudwatch.EventRule:
        wanted = {"EventCategories": list(CATEGORIES), "SourceIdentifier": sorted(args.identifiers)}
        return aws.cloudwatch.EventRule(
            name,
            description="What happens to the database beside its daily backup",
            event_pattern=json.dumps({"source": ["aws.rds"], "detail-type": ["RDS DB Instance Event"], "detail": wanted}),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _target(self, name: str, args: DatabaseEventsArgs, rule: aws.cloudwatch.EventRule) -> aws.cloudwatch.EventTarget:
        return aws.cloudwatch.EventTarget(
            name,
            rule=rule.name,
            arn=args.topic_arn,
            input_transformer=aws.cloudwatch.EventTargetInputTransformerArgs(input_paths=PATHS, input_template=MAIL),
            opts=pulumi.ResourceOptions(parent=self),
        )
