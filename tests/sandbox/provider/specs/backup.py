"""Specs of AWS Backup."""

import json
from typing import Any

from tests.sandbox.provider.world import Spec, World

COPY_REGION = "eu-central-1"

POLICY = {"Effect": "Deny", "Principal": "*", "Action": "backup:DeleteRecoveryPoint", "Resource": "*"}

TRUST = {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}


def document(*statements: dict[str, Any]) -> str:
    """Return a policy document of these statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def role(world: World) -> str:
    """Return the ARN of a role that AWS Backup may take on."""
    return str(world.make("aws.iam.Role", assumeRolePolicy=document(TRUST)).outputs["arn"])


def _vault(world: World) -> dict[str, Any]:
    key = world.make("aws.kms.Key", region=COPY_REGION).outputs["arn"]
    return {"kmsKeyArn": key, "region": COPY_REGION, "tags": {"tier": "data"}}


def _notifications(world: World) -> dict[str, Any]:
    topic = world.id("aws.sns.Topic")
    return {"backupVaultName": world.id("aws.backup.Vault"), "snsTopicArn": topic, "backupVaultEvents": ["BACKUP_JOB_COMPLETED"]}


def _rule(world: World) -> dict[str, Any]:
    copy = world.make("aws.backup.Vault", region=COPY_REGION).outputs["arn"]
    return {
        "ruleName": "daily",
        "targetVaultName": world.id("aws.backup.Vault"),
        "schedule": "cron(0 3 * * ? *)",
        "startWindow": 60,
        "lifecycle": {"deleteAfter": 35},
        "copyActions": [{"destinationVaultArn": copy, "lifecycle": {"deleteAfter": 35}}],
        "recoveryPointTags": {"kept": "short"},
    }


def _selection(world: World) -> dict[str, Any]:
    tags = [{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}]
    plan = world.id("aws.backup.Plan", rules=[_rule(world)])
    ours = [{"stringEquals": [{"key": "aws:ResourceTag/stack", "value": "prod"}]}]
    return {"iamRoleArn": role(world), "planId": plan, "selectionTags": tags, "conditions": ours, "resources": ["*"]}


MONTHLY = {"ruleName": "monthly", "targetVaultName": "kept", "schedule": "cron(0 4 1 * ? *)"}

SPECS = (
    Spec(
        type="aws.backup.Vault",
        inputs=_vault,
        change={"tags": {"tier": "copies"}},
        replace={"kmsKeyArn": "arn:aws:kms:eu-central-1:123456789012:key/another"},
    ),
    Spec(
        type="aws.backup.VaultLockConfiguration",
        inputs=lambda world: {"backupVaultName": world.id("aws.backup.Vault"), "minRetentionDays": 7, "maxRetentionDays": 400},
        replace={"minRetentionDays": 14, "backupVaultName": "another"},
    ),
    Spec(
        type="aws.backup.VaultPolicy",
        inputs=lambda world: {"backupVaultName": world.id("aws.backup.Vault"), "policy": document(POLICY)},
        change={"policy": document({**POLICY, "Action": "backup:UpdateRecoveryPointLifecycle"})},
        replace={"backupVaultName": "another"},
    ),
    Spec(
        type="aws.backup.VaultNotifications",
        inputs=_notifications,
        replace={"backupVaultEvents": ["COPY_JOB_FAILED"]},
    ),
    Spec(
        type="aws.backup.Plan",
        inputs=lambda world: {"rules": [_rule(world)], "tags": {"tier": "data"}},
        change={"rules": [{**MONTHLY, "lifecycle": {"coldStorageAfter": 30, "deleteAfter": 365}}], "tags": {"tier": "all"}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.backup.Selection",
        inputs=_selection,
        replace={"selectionTags": [{"type": "STRINGEQUALS", "key": "backup", "value": "weekly"}]},
    ),
)
