"""What exports a snapshot: a workflow that calls RDS itself, so that no code of ours runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.archive_definition import definition
from components.documents import Statement, allow, assumed_by, for_account, policy
from components.naming import stack_path

EXPORT_KEY = (
    *("kms:DescribeKey", "kms:CreateGrant", "kms:Encrypt", "kms:Decrypt"),
    *("kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"),
)
"""What the caller of StartExportTask must be allowed with the key
(https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.Exporting.html)."""
DELIVERY = (
    *("logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries"),
    *("logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"),
)
"""What a workflow needs to write a log group; these actions know no resource
(https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html)."""


@dataclass(frozen=True, kw_only=True)
class ArchiveWorkflowArgs:
    """Where exports go, and under whose name."""

    account_id: str
    """The account of the snapshots."""
    region: str
    """The region of the snapshots."""
    identifier: str
    """The instance whose snapshots are exported."""
    bucket: pulumi.Input[str]
    """Where exports go."""
    exporter_arn: pulumi.Input[str]
    """The role under which RDS writes them."""
    key_arn: pulumi.Input[str]
    """Encrypts them."""
    logs_key_arn: pulumi.Input[str]
    """Encrypts the log."""
    log_retention_days: int
    """How long the log is kept."""


class ArchiveWorkflow(pulumi.ComponentResource):
    """A state machine, its role and the log of its failures. Stateful in its log, which is protected. Costs cents a month."""

    arn: pulumi.Output[str]
    """The state machine."""

    def __init__(self, name: str, args: ArchiveWorkflowArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:ArchiveWorkflow", name, None, opts)
        log = self._log_group(f"{name}-log", args)
        role = self._role(f"{name}-role", args)
        may = self._permissions(f"{name}-may", args, role)
        self.arn = self._machine(name, args, role, log, may).arn
        self.register_outputs({})

    def _log_group(self, name: str, args: ArchiveWorkflowArgs) -> aws.cloudwatch.LogGroup:
        return aws.cloudwatch.LogGroup(
            name,
            name=stack_path("archive"),
            kms_key_id=args.logs_key_arn,
            retention_in_days=args.log_retention_days,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _role(self, name: str, args: ArchiveWorkflowArgs) -> aws.iam.Role:
        own = for_account(args.account_id)
        return aws.iam.Role(
            name,
            description="Exports snapshots of the database",
            assume_role_policy=assumed_by("states.amazonaws.com", Condition=own),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _permissions(self, name: str, args: ArchiveWorkflowArgs, role: aws.iam.Role) -> aws.iam.RolePolicy:
        return aws.iam.RolePolicy(name, role=role.name, policy=policy(*_statements(args)), opts=pulumi.ResourceOptions(parent=self))

    def _machine(
        self, name: str, args: ArchiveWorkflowArgs, role: aws.iam.Role, log: aws.cloudwatch.LogGroup, may: aws.iam.RolePolicy
    ) -> aws.sfn.StateMachine:
        logging = aws.sfn.StateMachineLoggingConfigurationArgs(
            level="ERROR", include_execution_data=True, log_destination=pulumi.Output.concat(log.arn, ":*")
        )
        return aws.sfn.StateMachine(
            name,
            type="STANDARD",
            definition=definition(bucket=args.bucket, role_arn=args.exporter_arn, key_arn=args.key_arn),
            role_arn=role.arn,
            logging_configuration=logging,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[may]),
        )


def _statements(args: ArchiveWorkflowArgs) -> Sequence[Statement]:
    snapshots = f"arn:aws:rds:{args.region}:{args.account_id}:snapshot:rds:{args.identifier}-*"
    to_rds = {"StringEquals": {"iam:PassedToService": "export.rds.amazonaws.com"}}
    return (
        allow(["rds:StartExportTask"], [snapshots], Sid="Export"),
        allow(["rds:DescribeExportTasks"], ["*"], Sid="Look"),
        allow(["iam:PassRole"], [args.exporter_arn], Sid="InTheNameOf", Condition=to_rds),
        allow(EXPORT_KEY, [args.key_arn], Sid="Encrypt"),
        allow(DELIVERY, ["*"], Sid="OwnLog"),
    )
