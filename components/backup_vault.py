"""Where backups are kept: nobody deletes one by hand, and none goes before its time."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.backup_catalogue import VAULT
from components.documents import Statement, policy
from components.watched import Watched
from settings_backup import Lock

EVENTS = ("BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED")
"""A job that has failed has ended too: AWS tells of it as completed, and no longer by an event of its own
(https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html)."""
DELETING = (
    "backup:DeleteRecoveryPoint",
    "backup:DisassociateRecoveryPoint",
    "backup:DisassociateRecoveryPointFromParent",
    "backup:UpdateRecoveryPointLifecycle",
)
"""Every way to end a backup before its time."""


@dataclass(frozen=True, kw_only=True)
class BackupVaultArgs:
    """How it is closed, and who is told."""

    account_id: str
    """The account whose roles are named."""
    key_arn: pulumi.Input[str]
    """A key of its region."""
    lock: Lock
    """What it refuses, and whether for ever."""
    may_delete: Sequence[str]
    """Names of roles that may delete by hand, as far as the lock lets them."""
    topic_arn: pulumi.Input[str]
    """A topic of its region that AWS Backup may publish to."""
    makes: bool = True
    """Whether backups are made here, and not only copied to: only then is it bad when there was none."""
    region: str | None = None
    """None for the stack's own."""


class BackupVault(pulumi.ComponentResource):
    """A vault with a key of the stack, a lock, a policy that lets nobody delete by hand, and news of its jobs.

    The lock itself is not protected, since it changes with its settings while it may: it is taken off and put on again within seconds, AWS
    having no other way. A lock in compliance mode cannot be changed at all once its grace has passed, and an update that tries fails.
    Stateful: the vault is protected. It costs by what is in it: about 0.05 USD a month and GB for buckets, 0.095 for databases.
    """

    arn: pulumi.Output[str]
    """The vault, as copies and restore tests name it."""
    name: pulumi.Output[str]
    """The vault, as plans name it."""
    watched: Sequence[Watched]
    """The vault."""

    def __init__(self, name: str, args: BackupVaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:backup:BackupVault", name, None, opts)
        vault = self._vault(name, args)
        self._lock(name, args, vault)
        self._policy(name, args, vault)
        self._news(name, args, vault)
        self.arn, self.name = vault.arn, vault.name
        place = {"BackupVaultName": vault.name}
        self.watched = [Watched(name=name, subject=VAULT, dimensions=place, least=int(args.makes), region=args.region)]
        self.register_outputs({})

    def _vault(self, name: str, args: BackupVaultArgs) -> aws.backup.Vault:
        return aws.backup.Vault(
            name,
            kms_key_arn=args.key_arn,
            force_destroy=False,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _lock(self, name: str, args: BackupVaultArgs, vault: aws.backup.Vault) -> aws.backup.VaultLockConfiguration:
        return aws.backup.VaultLockConfiguration(
            f"{name}-lock",
            backup_vault_name=vault.name,
            changeable_for_days=args.lock.grace_days,
            min_retention_days=args.lock.min_days,
            max_retention_days=args.lock.max_days,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )

    def _policy(self, name: str, args: BackupVaultArgs, vault: aws.backup.Vault) -> aws.backup.VaultPolicy:
        return aws.backup.VaultPolicy(
            f"{name}-policy",
            backup_vault_name=vault.name,
            policy=policy(_kept(args)),
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _news(self, name: str, args: BackupVaultArgs, vault: aws.backup.Vault) -> aws.backup.VaultNotifications:
        return aws.backup.VaultNotifications(
            f"{name}-news",
            backup_vault_name=vault.name,
            backup_vault_events=EVENTS,
            sns_topic_arn=args.topic_arn,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )


def _kept(args: BackupVaultArgs) -> Statement:
    """AWS Backup itself deletes what has had its time, by its own role."""
    roles = ["aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup", *args.may_delete]
    return {
        "Sid": "NobodyDeletesByHand",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": list(DELETING),
        "Resource": "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::{args.account_id}:role/{role}" for role in roles]}},
    }
