import re

import pulumi_aws as aws
import pytest

from tests.configs import rendered
from tests.graph import names, takes_from
from tests.rendering import Rendering, render_all, stack_config


def test_the_newest_backups_are_restored_every_week(old_stack: Rendering) -> None:
    """From the vault here, while somebody is there to look; one older than a week is no success."""
    plan = old_stack.one(aws.backup.RestoreTestingPlan, "restore-tests")
    assert plan.inputs["scheduleExpression"] == "cron(0 9 ? * WED *)"
    chosen = plan.inputs["recoveryPointSelection"]
    assert (chosen["algorithm"], chosen["selectionWindowDays"]) == ("LATEST_WITHIN_WINDOW", 7)
    assert takes_from(old_stack, plan, "recoveryPointSelection", aws.backup.Vault) == {"backups"}


@pytest.mark.parametrize("kind", ["RDS", "S3"])
def test_each_kind_is_restored_by_the_role_that_restores(old_stack: Rendering, kind: str) -> None:
    """This stack's own, and what was made is gone after the window."""
    selection = old_stack.one(aws.backup.RestoreTestingSelection, f"restore-{kind.lower()}")
    assert selection.inputs["protectedResourceType"] == kind
    assert selection.inputs["validationWindowHours"] == 4
    assert takes_from(old_stack, selection, "iamRoleArn", aws.iam.Role) == {"backups-role-restore"}
    tags = {each["key"]: each["value"] for each in selection.inputs["protectedResourceConditions"]["stringEquals"]}
    assert tags["aws:ResourceTag/stack"] == "prod"


@pytest.mark.parametrize("stack", ["prod", "a-stack_" + "x" * 32])
def test_names_are_such_as_aws_takes(stack: str) -> None:
    """Letters, digits and underscores, at most 50: auto-naming's hyphen would be refused."""
    made = render_all(stack, stack_config("prod"))
    kinds = (aws.backup.RestoreTestingPlan, aws.backup.RestoreTestingSelection)
    given = [each.inputs["name"] for kind in kinds for each in made.of(kind)]
    assert len(set(given)) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_]{1,50}", name) for name in given)


def test_what_is_restored_is_config() -> None:
    """A stack without a database restores its site."""
    made = rendered({"backup.restore_testing": {"which": ["S3"]}})
    assert names(made.of(aws.backup.RestoreTestingSelection)) == {"restore-s3"}


def test_a_database_is_restored_into_the_data_tier(new_stack: Rendering) -> None:
    """AWS would put it into the account's default network otherwise, where there may be none."""
    test = new_stack.one(aws.backup.RestoreTestingSelection, "restore-rds")
    assert takes_from(new_stack, test, "restoreMetadataOverrides", aws.rds.SubnetGroup) == {"database-subnets"}
