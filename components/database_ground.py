"""What every instance of the database stands on: subnets, the role that measures it, and the shared facts."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.database_parameters import DatabaseParameters, DatabaseParametersArgs
from components.documents import allow, assumed_by, for_account, policy
from settings_database import Database

GROUP_ACTIONS = ("logs:CreateLogGroup", "logs:PutRetentionPolicy")
STREAM_ACTIONS = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents")
"""What AWS's own policy for enhanced monitoring allows; RDS keeps the figures in one log group for the whole account, `RDSOSMetrics`."""


@dataclass(frozen=True, kw_only=True)
class DatabaseGroundArgs:
    """Where the database stands, and the keys that it is encrypted with."""

    config: Database
    """`switchyard:database`."""
    account_id: str
    """Only instances of this account are measured under the role."""
    region: str
    """The stack's region."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """The data tier, one subnet a zone."""
    group_id: pulumi.Input[str]
    """The database's security group."""
    data_key_arn: pulumi.Input[str]
    """Encrypts storage, snapshots and the record of the load."""
    logs_key_arn: pulumi.Input[str]
    """Encrypts log groups."""
    log_retention_days: int
    """How long the logs are kept."""


class DatabaseGround(pulumi.ComponentResource):
    """A subnet group, a parameter group and the role for enhanced monitoring, shared by all instances. Not stateful; costs nothing."""

    args: DatabaseGroundArgs
    """What it was told."""
    subnet_group_name: pulumi.Output[str]
    """The subnets, by the name of their group."""
    vpc_id: pulumi.Output[str]
    """The network that the subnets are in."""
    parameter_group_name: pulumi.Output[str]
    """What PostgreSQL is told."""
    monitoring_role_arn: pulumi.Output[str]
    """The role under which the operating system is measured."""
    ready: Sequence[pulumi.Resource]
    """What must exist before an instance does."""

    def __init__(self, name: str, args: DatabaseGroundArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseGround", name, None, opts)
        subnets = self._subnets(f"{name}-subnets", args)
        parameters = DatabaseParameters(
            f"{name}-parameters", DatabaseParametersArgs(config=args.config), pulumi.ResourceOptions(parent=self)
        )
        role = self._role(f"{name}-measures", args)
        self.args, self.ready = args, [self._permission(f"{name}-may-measure", args, role)]
        self.subnet_group_name, self.vpc_id, self.parameter_group_name = subnets.name, subnets.vpc_id, parameters.name
        self.monitoring_role_arn = role.arn
        self.register_outputs({})

    def _subnets(self, name: str, args: DatabaseGroundArgs) -> aws.rds.SubnetGroup:
        return aws.rds.SubnetGroup(
            name,
            description="The data tier",
            subnet_ids=args.subnet_ids,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _role(self, name: str, args: DatabaseGroundArgs) -> aws.iam.Role:
        own = for_account(args.account_id)
        return aws.iam.Role(
            name,
            description="Lets RDS record what the operating system of the database does",
            assume_role_policy=assumed_by("monitoring.rds.amazonaws.com", Condition=own),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _permission(self, name: str, args: DatabaseGroundArgs, role: aws.iam.Role) -> aws.iam.RolePolicy:
        groups = f"arn:aws:logs:{args.region}:{args.account_id}:log-group:RDS*"
        return aws.iam.RolePolicy(
            name,
            role=role.name,
            policy=policy(allow(GROUP_ACTIONS, [groups]), allow(STREAM_ACTIONS, [f"{groups}:log-stream:*"])),
            opts=pulumi.ResourceOptions(parent=self),
        )
