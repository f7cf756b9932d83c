"""The archive: what the database held on some days of each month, for years, in files that need no database to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.archive_catalogue import WORKFLOW
from components.archive_definition import snapshots_of
from components.archive_workflow import ArchiveWorkflow, ArchiveWorkflowArgs
from components.documents import Statement, allow, assumed_by, for_account, policy
from components.private_bucket import PrivateBucket, PrivateBucketArgs
from components.watched import Watched
from settings_archive import Archive as Config

WRITE = ("s3:PutObject*", "s3:GetObject*", "s3:DeleteObject*")
"""What RDS does with an export's files (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartExportTask.html)."""


@dataclass(frozen=True, kw_only=True)
class ArchiveArgs:
    """Whose snapshots, and how long they are kept."""

    account_id: str
    """The account of everything in it."""
    region: str
    """The region of everything in it: an export's bucket must be where the snapshot is."""
    config: Config
    """The section `switchyard:database.archive`."""
    identifier: str
    """The instance whose automated snapshots are exported."""
    data_key_arn: pulumi.Input[str]
    """Encrypts the exports."""
    logs_key_arn: pulumi.Input[str]
    """Encrypts the log of the workflow."""
    log_retention_days: int
    """How long that log is kept."""


class Archive(pulumi.ComponentResource):
    """A rule that sees each automated snapshot, a workflow that exports it, and a private bucket that grows cold.

    AWS tells of events as well as it can and promises nothing, so that a month may be missing; no backup depends on it. Stateful: bucket
    and log are protected. An export costs about 0.01 USD a GB of the database, and a TB in Deep Archive about 1 USD a month.
    """

    bucket: pulumi.Output[str]
    """Where the exports are, a folder each, as Apache Parquet."""
    watched: Sequence[Watched]
    """The workflow."""

    def __init__(self, name: str, args: ArchiveArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:data:Archive", name, None, opts)
        bucket = self._bucket(name, args)
        exporter = self._role(f"{name}-writer", "export.rds.amazonaws.com", args)
        self._may(f"{name}-writer", exporter, _writing(bucket.arn))
        workflow = self._workflow(f"{name}-export", args, bucket, exporter)
        starter = self._role(f"{name}-starter", "events.amazonaws.com", args)
        may = self._may(f"{name}-starter", starter, [allow(["states:StartExecution"], [workflow.arn])])
        self._start(name, workflow, self._snapshots(name, args), starter, may)
        self.bucket = bucket.name
        self.watched = [Watched(name=name, subject=WORKFLOW, dimensions={"StateMachineArn": workflow.arn})]
        self.register_outputs({})

    def _bucket(self, name: str, args: ArchiveArgs) -> PrivateBucket:
        bucket_args = PrivateBucketArgs(
            allowed=lambda _: [],
            key_arn=args.data_key_arn,
            cold_after_days=args.config.cold_after_days,
            expire_days=args.config.retention_days,
        )
        return PrivateBucket(name, bucket_args, pulumi.ResourceOptions(parent=self))

    def _role(self, name: str, service: str, args: ArchiveArgs) -> aws.iam.Role:
        own = for_account(args.account_id)
        return aws.iam.Role(
            f"{name}-role",
            description="Archives snapshots of the database",
            assume_role_policy=assumed_by(service, Condition=own),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _may(self, name: str, role: aws.iam.Role, statements: Sequence[Statement]) -> aws.iam.RolePolicy:
        return aws.iam.RolePolicy(f"{name}-may", role=role.name, policy=policy(*statements), opts=pulumi.ResourceOptions(parent=self))

    def _workflow(self, name: str, args: ArchiveArgs, bucket: PrivateBucket, exporter: aws.iam.Role) -> ArchiveWorkflow:
        workflow_args = ArchiveWorkflowArgs(
            account_id=args.account_id,
            region=args.region,
            identifier=args.identifier,
            bucket=bucket.name,
            exporter_arn=exporter.arn,
            key_arn=args.data_key_arn,
            logs_key_arn=args.logs_key_arn,
            log_retention_days=args.log_retention_days,
        )
        return ArchiveWorkflow(name, workflow_args, pulumi.ResourceOptions(parent=self))

    def _snapshots(self, name: str, args: ArchiveArgs) -> aws.cloudwatch.EventRule:
        return aws.cloudwatch.EventRule(
            f"{name}-snapshots",
            description="Automated snapshots of the database, on the days that are archived",
            event_pattern=snapshots_of(args.identifier, args.config.days),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _start(
        self, name: str, workflow: ArchiveWorkflow, rule: aws.cloudwatch.EventRule, starter: aws.iam.Role, may: aws.iam.RolePolicy
    ) -> aws.cloudwatch.EventTarget:
        return aws.cloudwatch.EventTarget(
            f"{name}-start",
            rule=rule.name,
            arn=workflow.arn,
            role_arn=starter.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[may]),
        )


def _writing(bucket_arn: pulumi.Output[str]) -> Sequence[Statement]:
    files = pulumi.Output.concat(bucket_arn, "/*")
    return [allow(["s3:ListBucket", "s3:GetBucketLocation"], [bucket_arn]), allow(WRITE, [files])]
