"""A record of every connection in the VPC."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import allow, assumed_by, for_account, policy
from components.naming import stack_path


@dataclass(frozen=True, kw_only=True)
class FlowLogsArgs:
    """Which network is recorded, and how the record is kept."""

    account_id: str
    """The only account whose flow logs may take the role."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    key_arn: pulumi.Input[str]
    """The KMS key of the log group."""
    retention_days: int
    """How long a record is kept."""


class FlowLogs(pulumi.ComponentResource):
    """Flow logs of accepted and refused connections, in an encrypted log group that only the flow-log service writes.

    Stateful: the log group is protected. Costs by volume, about 0.50 USD a GB.
    """

    log_group_name: pulumi.Output[str]
    """Where the record is."""

    def __init__(self, name: str, args: FlowLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:network:FlowLogs", name, None, opts)
        group = self._log_group(name, args)
        role = self._role(name, args)
        writes = self._permission(name, role, group)
        self._flow_log(name, args, role, group, writes)
        self.log_group_name = group.name
        self.register_outputs({})

    def _log_group(self, name: str, args: FlowLogsArgs) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            f"{name}-records",
            name=stack_path("flow"),
            kms_key_id=args.key_arn,
            retention_in_days=args.retention_days,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _role(self, name: str, args: FlowLogsArgs) -> aws.iam.Role:
        own = for_account(args.account_id)
        return aws.iam.Role(
            f"{name}-role",
            description="Lets VPC flow logs write their log group",
            assume_role_policy=assumed_by("vpc-flow-logs.amazonaws.com", Condition=own),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _permission(self, name: str, role: aws.iam.Role, group: aws.cloudwatch.LogGroup) -> aws.iam.RolePolicy:
        streams = pulumi.Output.concat(group.arn, ":*")
        actions = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
        return aws.iam.RolePolicy(
            f"{name}-writes",
            role=role.name,
            policy=policy(allow(actions, [group.arn, streams]), allow(["logs:DescribeLogGroups"], ["*"])),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _flow_log(
        self, name: str, args: FlowLogsArgs, role: aws.iam.Role, group: aws.cloudwatch.LogGroup, writes: aws.iam.RolePolicy
    ) -> aws.ec2.FlowLog:
        return aws.ec2.FlowLog(
            f"{name}-all",
            vpc_id=args.vpc_id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[writes]),
        )
