"""The logs of Redis: what was slow, and what the engine says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import allow, for_account, policy
from components.naming import fixed_name, stack_path
from components.redis_catalogue import LOGS

DELIVERY = "delivery.logs.amazonaws.com"
NAME_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class RedisLogsArgs:
    """Where the logs are, and how long they are kept."""

    account_id: str
    """Only deliveries of this account write."""
    region: str
    """The region of the deliveries."""
    key_arn: pulumi.Input[str]
    """The KMS key of the log groups."""
    retention_days: int
    """How long an entry is kept."""


class RedisLogs(pulumi.ComponentResource):
    """A log group for each log, there before the first entry, which AWS's log deliveries may write.

    Stateful: the log groups are protected. Costs by volume, about 0.50 USD a GB.
    """

    groups: Mapping[str, pulumi.Output[str]]
    """The name of each log's group."""
    delivery: aws.cloudwatch.LogResourcePolicy
    """What must be in place before a log is delivered: otherwise AWS writes such a policy itself, which nobody sees."""

    def __init__(self, name: str, args: RedisLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:RedisLogs", name, None, opts)
        groups = {log: self._group(name, log, args) for log in LOGS}
        self.delivery = self._delivery(name, args, groups)
        self.groups = {log: group.name for log, group in groups.items()}
        self.register_outputs({})

    def _group(self, name: str, log: str, args: RedisLogsArgs) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            f"{name}-{log}",
            name=stack_path(name, log),
            kms_key_id=args.key_arn,
            retention_in_days=args.retention_days,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _delivery(self, name: str, args: RedisLogsArgs, groups: Mapping[str, aws.cloudwatch.LogGroup]) -> aws.cloudwatch.LogResourcePolicy:
        streams = [pulumi.Output.concat(group.arn, ":log-stream:*") for group in groups.values()]
        own = {
            **for_account(args.account_id),
            "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{args.region}:{args.account_id}:*"},
        }
        writes = allow(["logs:CreateLogStream", "logs:PutLogEvents"], streams, Principal={"Service": DELIVERY}, Condition=own)
        return aws.cloudwatch.LogResourcePolicy(
            f"{name}-delivery",
            policy_name=fixed_name(name, NAME_LENGTH),
            policy_document=policy(writes),
            opts=pulumi.ResourceOptions(parent=self),
        )
