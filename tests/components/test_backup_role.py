from typing import Any

import pulumi_aws as aws
import pytest

from tests.graph import statements
from tests.rendering import Rendering

ACCOUNT = "123456789012"


def permissions(rendering: Rendering, role: str) -> dict[str, dict[str, Any]]:
    """The statements of a role's policy by Sid."""
    return statements(rendering.one(aws.iam.RolePolicy, f"{role}-may").inputs["policy"])


@pytest.mark.parametrize("role", ["backups-role", "backups-role-restore"])
def test_aws_backup_takes_the_role_for_this_account_alone(old_stack: Rendering, role: str) -> None:
    """And nobody else takes it."""
    (trust,) = statements(old_stack.one(aws.iam.Role, role).inputs["assumeRolePolicy"]).values()
    assert trust["Principal"] == {"Service": "backup.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_backing_up_reads_the_site_and_no_other_bucket(old_stack: Rendering) -> None:
    """AWS's own policy reads every bucket of the account."""
    may = permissions(old_stack, "backups-role")
    assert may["Buckets"]["Resource"] == ["arn:aws:s3:::site-0123456"]
    assert may["Objects"]["Resource"] == ["arn:aws:s3:::site-0123456/*"]
    assert all(action.startswith("s3:GetObject") for action in may["Objects"]["Action"])


def test_backing_up_takes_snapshots_of_databases_with_the_tag(old_stack: Rendering) -> None:
    """What it deletes are its own snapshots; it touches no database."""
    may = permissions(old_stack, "backups-role")
    assert may["Databases"]["Condition"] == {"StringEquals": {"aws:ResourceTag/backup": "daily"}}
    assert may["Databases"]["Action"] == ["rds:CreateDBSnapshot"]
    assert may["Snapshots"]["Resource"] == [f"arn:aws:rds:*:{ACCOUNT}:snapshot:awsbackup:*"]
    assert not any("DBInstance" in action and "Describe" not in action for each in may.values() for action in each["Action"])


def test_restoring_makes_what_nothing_else_is_called(old_stack: Rendering) -> None:
    """A restore never lies over what is in use: the names are the tests' and the runbook's."""
    may = permissions(old_stack, "backups-role-restore")
    assert may["Restored"]["Resource"] == [f"arn:aws:rds:*:{ACCOUNT}:db:{name}" for name in ("awsbackup-restore-test-*", "restored-*")]
    assert {name for name in may["Databases"]["Resource"] if ":db:" in name} == set(may["Restored"]["Resource"])
    assert may["Buckets"]["Resource"] == ["arn:aws:s3:::awsbackup-restore-test-*", "arn:aws:s3:::restored-*"]


@pytest.mark.parametrize("role", ["backups-role", "backups-role-restore"])
def test_keys_are_the_stack_s_and_grants_are_for_aws(old_stack: Rendering, role: str) -> None:
    """Those of the vaults in both regions, of what is stored and of the site."""
    may = permissions(old_stack, role)
    keys = {arn.rpartition(":")[2] for arn in may["Keys"]["Resource"]}
    assert keys == {"encryption-backup", "encryption-backup-copy", "encryption-data", "encryption-site"}
    assert may["KeysOfSnapshots"]["Condition"] == {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    assert may["KeysOfSnapshots"]["Resource"] == may["Keys"]["Resource"]
