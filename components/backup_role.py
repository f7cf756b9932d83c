"""What AWS Backup may do: read and snapshot what carries the tag in one role, restore beside it in another."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import Statement, allow, assumed_by, for_account, policy
from components.tags import BACKUP_TAG, DAILY

BACKUP = "backup.amazonaws.com"

READ_BUCKET = ("Acl", "Location", "Notification", "Tagging", "Versioning")
READ_OBJECT = ("", "Acl", "Tagging", "Version", "VersionAcl", "VersionTagging")
FOLLOW = ("DeleteRule", "DescribeRule", "DisableRule", "EnableRule", "ListTargetsByRule", "PutRule", "PutTargets", "RemoveTargets")
"""AWS Backup follows a bucket's changes by a rule of its own making."""
USE = ("Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo")
SNAPSHOTS = "snapshot:awsbackup:*"
"""What AWS Backup calls its snapshots of a database."""
RESTORED = ("awsbackup-restore-test-*", "restored-*")
"""What may be restored to: the names that restore tests give, and those that the runbook gives."""
FOR_AWS = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
TAGGED = {"StringEquals": {f"aws:ResourceTag/{BACKUP_TAG}": DAILY}}


@dataclass(frozen=True, kw_only=True)
class BackupRoleArgs:
    """Where things are, and their keys."""

    account_id: str
    """The account of everything that is named."""
    vault_arns: Sequence[pulumi.Input[str]]
    """The vaults, copies' included."""
    buckets: Sequence[pulumi.Input[str]]
    """The names of the buckets that are backed up."""
    key_arns: Sequence[pulumi.Input[str]]
    """The keys of the vaults and of what is backed up."""


class BackupRole(pulumi.ComponentResource):
    """Two roles for AWS Backup of this account: one backs up, one restores to names that nothing else has. Not stateful.

    AWS's own policies for this would let it read every bucket and delete every database of the account, and change when AWS likes.
    """

    arn: pulumi.Output[str]
    """The role that backs up, once it may."""
    restorer_arn: pulumi.Output[str]
    """The role that restores, once it may."""

    def __init__(self, name: str, args: BackupRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:backup:BackupRole", name, None, opts)
        self.arn = self._role(name, args, [*_vaults(args), *_buckets(args), *_databases(args), *_keys(args)])
        self.restorer_arn = self._role(f"{name}-restore", args, [*_restored_buckets(), *_restored_databases(args), *_keys(args)])
        self.register_outputs({})

    def _role(self, name: str, args: BackupRoleArgs, statements: Sequence[Statement]) -> pulumi.Output[str]:
        own = for_account(args.account_id)
        role = aws.iam.Role(name, assume_role_policy=assumed_by(BACKUP, Condition=own), opts=pulumi.ResourceOptions(parent=self))
        may = aws.iam.RolePolicy(f"{name}-may", role=role.name, policy=policy(*statements), opts=pulumi.ResourceOptions(parent=self))
        return pulumi.Output.all(role.arn, may.id).apply(lambda known: str(known[0]))


def _vaults(args: BackupRoleArgs) -> Sequence[Statement]:
    return (
        allow(["backup:CopyFromBackupVault", "backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], args.vault_arns, Sid="Vaults"),
        allow(["cloudwatch:GetMetricData", "events:ListRules", "s3:ListAllMyBuckets", "tag:GetResources"], ["*"], Sid="Find"),
    )


def _buckets(args: BackupRoleArgs) -> Sequence[Statement]:
    reading = ["GetInventoryConfiguration", "ListBucket", "ListBucketVersions", *(f"GetBucket{what}" for what in READ_BUCKET)]
    writing = ["PutBucketNotification", "PutInventoryConfiguration"]
    return (
        allow([f"s3:{action}" for action in (*reading, *writing)], _named(args.buckets, ""), Sid="Buckets"),
        allow([f"s3:GetObject{what}" for what in READ_OBJECT], _named(args.buckets, "/*"), Sid="Objects"),
        allow([f"events:{action}" for action in FOLLOW], [f"arn:aws:events:*:{args.account_id}:rule/AwsBackupManagedRule*"], Sid="Follow"),
    )


def _databases(args: BackupRoleArgs) -> Sequence[Statement]:
    databases, snapshots = _rds(args, "db:*"), _rds(args, SNAPSHOTS)
    making = ["AddTagsToResource", "CopyDBSnapshot", "CreateDBSnapshot", "DeleteDBSnapshot", "ModifyDBSnapshotAttribute"]
    return (
        allow(["rds:CreateDBSnapshot"], [databases], Sid="Databases", Condition=TAGGED),
        allow(["rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "rds:ListTagsForResource"], [databases, snapshots], Sid="Look"),
        allow([f"rds:{action}" for action in making], [snapshots], Sid="Snapshots"),
    )


def _restored_buckets() -> Sequence[Statement]:
    names = [f"arn:aws:s3:::{name}" for name in RESTORED]
    bucket = ["CreateBucket", "GetBucketOwnershipControls", "PutBucketOwnershipControls", "PutBucketVersioning", "ListBucket"]
    bucket += ["ListBucketVersions", "GetBucketLocation", "GetBucketVersioning"]
    item = ["DeleteObject", "GetObject", "GetObjectAcl", "GetObjectTagging", "GetObjectVersion", "GetObjectVersionAcl"]
    item += ["ListMultipartUploadParts", "PutObject", "PutObjectAcl", "PutObjectTagging", "PutObjectVersionAcl"]
    return (
        allow([f"s3:{action}" for action in bucket], names, Sid="Buckets"),
        allow([f"s3:{action}" for action in item], [f"{name}/*" for name in names], Sid="Objects"),
    )


def _restored_databases(args: BackupRoleArgs) -> Sequence[Statement]:
    restored = [_rds(args, f"db:{name}") for name in RESTORED]
    beside = [_rds(args, f"{kind}:*") for kind in ("og", "pg", "subgrp")]
    changing = ["rds:AddTagsToResource", "rds:DeleteDBInstance", "rds:ListTagsForResource", "rds:ModifyDBInstance"]
    return (
        allow(["rds:RestoreDBInstanceFromDBSnapshot"], [*restored, *beside, _rds(args, SNAPSHOTS)], Sid="Databases"),
        allow(changing, restored, Sid="Restored"),
        allow(["rds:DescribeDBInstances", "rds:DescribeDBSnapshots"], [_rds(args, "db:*"), _rds(args, SNAPSHOTS)], Sid="Look"),
    )


def _keys(args: BackupRoleArgs) -> Sequence[Statement]:
    return (
        allow([f"kms:{action}" for action in USE], args.key_arns, Sid="Keys"),
        allow(["kms:CreateGrant"], args.key_arns, Sid="KeysOfSnapshots", Condition=FOR_AWS),
    )


def _rds(args: BackupRoleArgs, what: str) -> str:
    return f"arn:aws:rds:*:{args.account_id}:{what}"


def _named(buckets: Sequence[pulumi.Input[str]], end: str) -> Sequence[pulumi.Output[str]]:
    return [pulumi.Output.concat("arn:aws:s3:::", bucket, end) for bucket in buckets]
