import pulumi_aws as aws
import pytest

from tests.configs import rendered
from tests.graph import after_all, names, takes_from
from tests.rendering import Rendering

TAGS = {"aws:ResourceTag/backup": "daily", "aws:ResourceTag/project": "switchyard", "aws:ResourceTag/stack": "prod"}


def test_there_are_daily_weekly_and_monthly_backups(old_stack: Rendering) -> None:
    """Each kept for as long as config says, at one hour, so that AWS makes one backup where several are due."""
    rules = old_stack.one(aws.backup.Plan, "backups-plan").inputs["rules"]
    assert {rule["ruleName"]: (rule["schedule"], rule["lifecycle"]["deleteAfter"]) for rule in rules} == {
        "daily": ("cron(0 1 * * ? *)", 35),
        "weekly": ("cron(0 1 ? * SUN *)", 90),
        "monthly": ("cron(0 1 1 * ? *)", 365),
    }
    assert {(rule["startWindow"], rule["completionWindow"], rule["scheduleExpressionTimezone"]) for rule in rules} == {(60, 360, "UTC")}


def test_every_backup_is_copied_to_the_second_region(old_stack: Rendering) -> None:
    """Into the vault there, which is locked before anything is put into it."""
    plan = old_stack.one(aws.backup.Plan, "backups-plan")
    for rule in plan.inputs["rules"]:
        (copy,) = rule["copyActions"]
        assert copy["destinationVaultArn"].endswith(":backups-copy")
        assert copy["lifecycle"]["deleteAfter"] == rule["lifecycle"]["deleteAfter"]
        assert rule["targetVaultName"].startswith("backups-0")
    known = {found.urn: found.name for found in old_stack.registrations}
    assert {"backups-lock", "backups-copy-lock"} <= {known[urn] for urn in after_all(old_stack, plan)}


def test_without_copies_there_is_nothing_in_the_second_region() -> None:
    """No vault, no key, no topic: but for the site's copy, which is not AWS Backup's."""
    made = rendered({"backup.copies": {"enabled": False}, "database.copied_days": None})
    assert names(made.of(aws.backup.Vault)) == {"backups"}
    assert all("copyActions" not in rule or not rule["copyActions"] for rule in made.one(aws.backup.Plan, "backups-plan").inputs["rules"])
    assert {each.name for each in made.registrations if each.inputs.get("region") == "eu-central-1" and "site" not in each.name} == set()


def test_without_the_section_there_is_none_of_it() -> None:
    """And the topics take nothing from AWS Backup."""
    made = rendered({"backup": None, "database.copied_days": None})
    assert [each.name for each in made.registrations if each.type.startswith("aws:backup/")] == []
    assert "Backup" not in str([each.inputs for kind in (aws.sns.TopicPolicy, aws.kms.Key) for each in made.of(kind)])


def test_only_monthly_backups_go_to_cold_storage() -> None:
    """They alone stay long enough for it; and their copies too."""
    rules = rendered({"backup.cold_storage_after": 30}, preview=False).one(aws.backup.Plan, "backups-plan").inputs["rules"]
    cold = {rule["ruleName"]: (rule["lifecycle"].get("coldStorageAfter"), rule["copyActions"][0]["lifecycle"]) for rule in rules}
    assert cold["monthly"] == (30, {"coldStorageAfter": 30, "deleteAfter": 365})
    assert cold["daily"][0] is cold["weekly"][0] is None


def test_what_carries_the_tag_and_is_this_stack_s_is_backed_up(old_stack: Rendering) -> None:
    """Another stack in the account has a plan of its own."""
    selection = old_stack.one(aws.backup.Selection, "backups-tagged")
    (condition,) = selection.inputs["conditions"]
    assert {each["key"]: each["value"] for each in condition["stringEquals"]} == TAGS
    assert selection.inputs["resources"] == ["*"]
    assert takes_from(old_stack, selection, "iamRoleArn", aws.iam.Role) == {"backups-role"}
    assert takes_from(old_stack, selection, "iamRoleArn", aws.iam.RolePolicy) == {"backups-role-may"}


@pytest.mark.parametrize(("bucket", "tagged"), [("site", True), ("site-copy", False), ("site-log", False), ("lb-logs", False)])
def test_the_site_is_backed_up_and_records_and_copies_are_not(old_stack: Rendering, bucket: str, tagged: bool) -> None:  # noqa: FBT001 -- what is expected
    """A log that is lost is missed by nobody who goes on; a copy is one already."""
    assert (old_stack.one(aws.s3.Bucket, bucket).inputs.get("tags", {}).get("backup") == "daily") is tagged
