"""Backups and restore tests, as boto3 sees them."""

from typing import Any

import boto3
import pytest

from tests.sandbox.added.conftest import Refused, says_gone

RULE = {"RuleName": "daily", "TargetBackupVaultName": "vault", "ScheduleExpression": "cron(0 3 * * ? *)"}

POINTS = {"Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}


def plan(backups: Any, name: str = "plan") -> str:
    """Make a plan; return its id."""
    return str(backups.create_backup_plan(BackupPlan={"BackupPlanName": name, "Rules": [RULE]})["BackupPlanId"])


def selection(role: str, name: str = "tagged") -> dict[str, Any]:
    """Return a selection by tag."""
    tags = [{"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "daily"}]
    return {"SelectionName": name, "IamRoleArn": role, "ListOfTags": tags}


def restore_plan(backups: Any) -> None:
    """Make a plan of restore tests called `weekly`."""
    told = {"RestoreTestingPlanName": "weekly", "ScheduleExpression": "cron(0 5 ? * SUN *)", "RecoveryPointSelection": POINTS}
    backups.create_restore_testing_plan(RestoreTestingPlan=told)


def restored(role: str) -> dict[str, Any]:
    """Return a restore of databases called `databases`."""
    return {"RestoreTestingSelectionName": "databases", "IamRoleArn": role, "ProtectedResourceType": "RDS"}


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("access_policy", {"Policy": '{"Statement": []}'}),
        ("notifications", {"SNSTopicArn": "arn:aws:sns:eu-west-1:123456789012:topic", "BackupVaultEvents": ["COPY_JOB_FAILED"]}),
    ],
)
def test_what_hangs_on_a_vault_lives_its_life(backups: Any, refused: Refused, thing: str, told: dict[str, Any]) -> None:
    """It is not there, put, read back, deleted; and a new vault of the same name is without it."""
    put, get, delete = (getattr(backups, f"{verb}_backup_vault_{thing}") for verb in ("put", "get", "delete"))
    vault = {"BackupVaultName": "vault"}
    assert says_gone(refused(put, **vault, **told))
    backups.create_backup_vault(**vault)
    assert says_gone(refused(get, **vault))
    put(**vault, **told)
    assert told.items() <= get(**vault).items()
    delete(**vault)
    assert says_gone(refused(get, **vault))
    put(**vault, **told)
    backups.delete_backup_vault(**vault)
    backups.create_backup_vault(**vault)
    assert says_gone(refused(get, **vault))


def test_a_changed_plan_is_the_same_plan_in_a_new_version(backups: Any) -> None:
    """With the rules of the change alone."""
    id_ = plan(backups)
    first = backups.get_backup_plan(BackupPlanId=id_)
    backups.update_backup_plan(BackupPlanId=id_, BackupPlan={"BackupPlanName": "plan", "Rules": [{**RULE, "RuleName": "weekly"}]})
    second = backups.get_backup_plan(BackupPlanId=id_)
    assert [rule["RuleName"] for rule in second["BackupPlan"]["Rules"]] == ["weekly"]
    assert second["BackupPlanArn"] == first["BackupPlanArn"]
    assert second["VersionId"] != first["VersionId"]


def test_a_plan_is_deleted_after_what_it_selects(backups: Any, role: str, refused: Refused) -> None:
    """Then it is gone, and its name is free."""
    id_ = plan(backups)
    chosen = backups.create_backup_selection(BackupPlanId=id_, BackupSelection=selection(role))["SelectionId"]
    assert refused(backups.delete_backup_plan, BackupPlanId=id_) == "InvalidRequestException"
    assert [each["SelectionName"] for each in backups.list_backup_selections(BackupPlanId=id_)["BackupSelectionsList"]] == ["tagged"]
    backups.delete_backup_selection(BackupPlanId=id_, SelectionId=chosen)
    assert says_gone(refused(backups.get_backup_selection, BackupPlanId=id_, SelectionId=chosen))
    backups.delete_backup_plan(BackupPlanId=id_)
    assert says_gone(refused(backups.get_backup_plan, BackupPlanId=id_))
    assert plan(backups) != id_


def test_a_selection_belongs_to_one_plan(backups: Any, role: str, refused: Refused) -> None:
    """By the id of another one it is not found."""
    ours, other = plan(backups, "ours"), plan(backups, "other")
    chosen = backups.create_backup_selection(BackupPlanId=ours, BackupSelection=selection(role))["SelectionId"]
    assert says_gone(refused(backups.get_backup_selection, BackupPlanId=other, SelectionId=chosen))
    assert backups.get_backup_selection(BackupPlanId=ours, SelectionId=chosen)["BackupSelection"] == selection(role)


def test_a_role_that_aws_backup_cannot_take_on_is_refused(backups: Any, session: boto3.session.Session, refused: Refused) -> None:
    """One that trusts another service, or that is not there."""
    trust = '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
    theirs = session.client("iam").create_role(RoleName="theirs", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    id_ = plan(backups)
    for arn in (theirs, "arn:aws:iam::123456789012:role/nobody"):
        code = refused(backups.create_backup_selection, BackupPlanId=id_, BackupSelection=selection(arn))
        assert code == "InvalidParameterValueException"


def test_a_restore_test_gets_what_aws_fills_in(backups: Any) -> None:
    """And a change names only what it changes."""
    restore_plan(backups)
    changed = {"RecoveryPointSelection": {"SelectionWindowDays": 7}}
    backups.update_restore_testing_plan(RestoreTestingPlanName="weekly", RestoreTestingPlan=changed)
    made = backups.get_restore_testing_plan(RestoreTestingPlanName="weekly")["RestoreTestingPlan"]
    assert made["StartWindowHours"] == 24
    assert made["RecoveryPointSelection"] == {**POINTS, "SelectionWindowDays": 7, "ExcludeVaults": []}
    assert [each["RestoreTestingPlanName"] for each in backups.list_restore_testing_plans()["RestoreTestingPlans"]] == ["weekly"]


def test_a_restore_test_is_deleted_after_what_it_restores(backups: Any, role: str, refused: Refused) -> None:
    """Each name is there once."""
    restore_plan(backups)
    weekly = {"RestoreTestingPlanName": "weekly"}
    backups.create_restore_testing_selection(**weekly, RestoreTestingSelection=restored(role))
    again = refused(backups.create_restore_testing_selection, **weekly, RestoreTestingSelection=restored(role))
    assert again == "AlreadyExistsException"
    assert refused(backups.delete_restore_testing_plan, **weekly) == "InvalidRequestException"
    named = {**weekly, "RestoreTestingSelectionName": "databases"}
    assert backups.get_restore_testing_selection(**named)["RestoreTestingSelection"]["ProtectedResourceArns"] == ["*"]
    backups.delete_restore_testing_selection(**named)
    backups.delete_restore_testing_plan(**weekly)
    assert says_gone(refused(backups.get_restore_testing_plan, **weekly))


def test_nothing_is_ever_backed_up_or_restored_here(backups: Any, refused: Refused) -> None:
    """An empty list, and AWS's word for a vault that is not there."""
    backups.create_backup_vault(BackupVaultName="empty")
    assert backups.list_recovery_points_by_backup_vault(BackupVaultName="empty")["RecoveryPoints"] == []
    assert backups.list_restore_jobs(ByStatus="COMPLETED")["RestoreJobs"] == []
    assert refused(backups.list_recovery_points_by_backup_vault, BackupVaultName="none") == "ResourceNotFoundException"
