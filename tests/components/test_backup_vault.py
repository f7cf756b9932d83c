import json

import pulumi_aws as aws
import pytest

from tests.configs import rendered
from tests.graph import statements, takes_from
from tests.rendering import Rendering, render_all

VAULTS = {"backups": None, "backups-copy": "eu-central-1"}
OURS = "arn:aws:iam::123456789012:role/"


@pytest.mark.parametrize(("vault", "region"), VAULTS.items())
def test_a_vault_is_protected_and_has_a_key_of_its_region(new_stack: Rendering, vault: str, region: str | None) -> None:
    """And nothing in the program empties one so that it can be deleted."""
    made = new_stack.one(aws.backup.Vault, vault)
    assert made.protect
    assert made.inputs["forceDestroy"] is False
    key = {None: "encryption-backup", "eu-central-1": "encryption-backup-copy"}[region]
    assert takes_from(new_stack, made, "kmsKeyArn", aws.kms.Key) == {key}
    assert made.inputs.get("region") == new_stack.one(aws.kms.Key, key).inputs.get("region") == region


@pytest.mark.parametrize(("vault", "region"), VAULTS.items())
def test_production_s_lock_is_for_ever_after_its_grace(old_stack: Rendering, vault: str, region: str | None) -> None:
    """The days of grace are what makes the mode: without them AWS takes it for governance."""
    lock = old_stack.one(aws.backup.VaultLockConfiguration, f"{vault}-lock")
    assert lock.inputs["changeableForDays"] == 14
    assert (lock.inputs["minRetentionDays"], lock.inputs["maxRetentionDays"]) == (7, 400)
    assert lock.inputs.get("region") == region
    assert takes_from(old_stack, lock, "backupVaultName", aws.backup.Vault) == {vault}


def test_staging_s_lock_can_be_taken_off() -> None:
    """By whoever IAM allows to: a stack that is torn down now and then would else keep its vaults."""
    lock = render_all("staging").one(aws.backup.VaultLockConfiguration, "backups-lock").inputs
    assert "changeableForDays" not in lock
    assert lock["minRetentionDays"] == 7


@pytest.mark.parametrize("part", [(aws.backup.VaultLockConfiguration, "backups-lock"), (aws.backup.VaultNotifications, "backups-news")])
def test_what_a_vault_has_one_of_goes_before_its_successor_comes(old_stack: Rendering, part: tuple[type, str]) -> None:
    """Made first, the new one would be deleted with the old one: to AWS they are the same thing."""
    assert old_stack.one(*part).delete_before_replace


@pytest.mark.parametrize("vault", VAULTS)
def test_nobody_deletes_by_hand(old_stack: Rendering, vault: str) -> None:
    """Not a backup, not its time, not its place in the vault; AWS Backup itself deletes what has had its time."""
    (refusal,) = statements(old_stack.one(aws.backup.VaultPolicy, f"{vault}-policy").inputs["policy"]).values()
    assert (refusal["Effect"], refusal["Principal"], refusal["Resource"]) == ("Deny", {"AWS": "*"}, "*")
    assert {"backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"} <= set(refusal["Action"])
    own = f"{OURS}aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
    assert refusal["Condition"] == {"ArnNotLike": {"aws:PrincipalArn": [own]}}


def test_who_may_delete_by_hand_is_config() -> None:
    """Roles of the account, with their path."""
    made = rendered({"backup.may_delete": ["ops/break-glass"]}, preview=False)
    (refusal,) = statements(made.one(aws.backup.VaultPolicy, "backups-policy").inputs["policy"]).values()
    assert refusal["Condition"]["ArnNotLike"]["aws:PrincipalArn"][1:] == [f"{OURS}ops/break-glass"]


@pytest.mark.parametrize(("vault", "topic"), [("backups", "topics-ticket"), ("backups-copy", "topics-copy-ticket")])
def test_what_becomes_of_its_jobs_is_told_where_it_is(new_stack: Rendering, vault: str, topic: str) -> None:
    """By the events that AWS still sends: of a failed job it tells as a completed one. The topic takes it by then."""
    news = new_stack.one(aws.backup.VaultNotifications, f"{vault}-news")
    events = set(news.inputs["backupVaultEvents"])
    assert {"BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"} <= events
    assert not events & {"BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED", "RESTORE_JOB_FAILED"}
    assert takes_from(new_stack, news, "snsTopicArn", aws.sns.TopicPolicy) == {f"{topic}-policy"}


@pytest.mark.parametrize("topic", ["topics-ticket", "topics-copy-ticket"])
def test_aws_backup_may_tell_and_the_daily_success_is_nobody_s_mail(old_stack: Rendering, topic: str) -> None:
    """Alarms, which have no such attributes, and restores come through."""
    told = statements(old_stack.one(aws.sns.TopicPolicy, f"{topic}-policy").inputs["policy"])["Backups"]
    assert told["Principal"] == {"Service": "backup.amazonaws.com"}
    assert told["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    (reader,) = [each for each in old_stack.of(aws.sns.TopicSubscription) if each.name.rpartition("-")[0] == topic]
    wanted = json.loads(reader.inputs["filterPolicy"])["$or"]
    assert {"EventType": [{"exists": False}]} in wanted
    assert {"EventType": [{"anything-but": ["BACKUP_JOB"]}]} in wanted


def test_only_the_vault_where_backups_are_made_is_watched_for_silence(old_stack: Rendering) -> None:
    """The other one has copies only, and would have no completed backup for ever."""
    alarms = {alarm.name for alarm in old_stack.of(aws.cloudwatch.MetricAlarm) if alarm.name.startswith("backups")}
    assert {name for name in alarms if name.endswith("backup-missing")} == {"backups-backup-missing"}
    assert {"backups-copy-failed", "backups-copy-copy-failed"} <= alarms
