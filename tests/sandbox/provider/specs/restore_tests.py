"""Specs of AWS Backup's restore tests."""

from typing import Any

from tests.sandbox.provider.specs.backup import role
from tests.sandbox.provider.world import Spec, World

POINTS = {"algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": ["*"], "recoveryPointTypes": ["SNAPSHOT", "CONTINUOUS"]}

WEEKLY = "cron(0 5 ? * SUN *)"


def _plan(world: World) -> dict[str, Any]:
    return {
        "name": world.name(),
        "scheduleExpression": WEEKLY,
        "scheduleExpressionTimezone": "Etc/UTC",
        "startWindowHours": 4,
        "recoveryPointSelection": {**POINTS, "selectionWindowDays": 7},
        "tags": {"tier": "data"},
    }


def _selection(world: World) -> dict[str, Any]:
    return {
        "name": world.name(),
        "restoreTestingPlanName": world.id("aws.backup.RestoreTestingPlan", **_plan(world)),
        "iamRoleArn": role(world),
        "protectedResourceType": "RDS",
        "protectedResourceConditions": {"stringEquals": [{"key": "aws:ResourceTag/backup", "value": "daily"}]},
        "restoreMetadataOverrides": {"dbsubnetgroupname": "restored"},
        "validationWindowHours": 4,
    }


SPECS = (
    Spec(
        type="aws.backup.RestoreTestingPlan",
        inputs=_plan,
        change={
            "scheduleExpression": "cron(0 5 1 * ? *)",
            "recoveryPointSelection": {**POINTS, "algorithm": "RANDOM_WITHIN_WINDOW", "selectionWindowDays": 14},
            "tags": {"tier": "all"},
        },
        replace={"name": "another"},
    ),
    Spec(
        type="aws.backup.RestoreTestingSelection",
        inputs=_selection,
        change={"validationWindowHours": 8, "restoreMetadataOverrides": {"dbsubnetgroupname": "elsewhere"}},
        replace={"protectedResourceType": "S3"},
    ),
)
