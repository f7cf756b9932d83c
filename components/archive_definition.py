"""What happens to a new snapshot: the definition of the state machine that exports it, in the Amazon States Language."""

import json
from collections.abc import Mapping
from typing import Any

import pulumi

POLL_SECONDS = 600
"""An export takes from minutes to many hours (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.html)."""
LONGEST_SECONDS = 2 * 86_400
"""When an export counts as lost."""
RETRIES: Mapping[str, Any] = {
    "ErrorEquals": ["States.TaskFailed"],
    "IntervalSeconds": 60,
    "BackoffRate": 2,
    "MaxDelaySeconds": 1800,
    "MaxAttempts": 6,
}
"""AWS exports five snapshots of an account at a time and refuses a sixth; that passes, as throttling does. Over an hour in all."""
DESCRIBE, START = (f"arn:aws:states:::aws-sdk:rds:{operation}" for operation in ("describeExportTasks", "startExportTask"))


def definition(*, bucket: pulumi.Input[str], role_arn: pulumi.Input[str], key_arn: pulumi.Input[str]) -> pulumi.Output[str]:
    """The definition, for events of the type `RDS DB Snapshot Event`.

    EventBridge tells of a snapshot at least once: one whose export was begun is only watched. The task is called like the snapshot
    without `rds:`, which AWS takes in no other name. Ends well when the export is complete, and fails with AWS's own words otherwise.
    """
    export = {
        "ExportTaskIdentifier.$": "States.ArrayGetItem(States.StringSplit($.detail.SourceIdentifier, ':'), 1)",
        "SourceArn.$": "$.detail.SourceArn",
        "S3BucketName": bucket,
        "IamRoleArn": role_arn,
        "KmsKeyId": key_arn,
    }
    states = {
        "LookForIt": {**_task(DESCRIBE, {"SourceArn.$": "$.detail.SourceArn"}), "ResultPath": "$.found", "Next": "WasItBegun"},
        "WasItBegun": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.found.ExportTasks[0]", "IsPresent": True, "Next": "TheExport"}],
            "Default": "Export",
        },
        "Export": {**_task(START, export), "ResultPath": None, "Next": "LetItWork"},
        "LetItWork": {"Type": "Wait", "Seconds": POLL_SECONDS, "Next": "LookAgain"},
        "LookAgain": {**_task(DESCRIBE, {"SourceArn.$": "$.detail.SourceArn"}), "ResultPath": "$.found", "Next": "TheExport"},
        "TheExport": {"Type": "Pass", "InputPath": "$.found.ExportTasks[0]", "ResultPath": "$.export", "Next": "HowFarIsIt"},
        "HowFarIsIt": {
            "Type": "Choice",
            "Choices": [_when("COMPLETE", "Archived"), _when("FAILED", "NotArchived"), _when("CANCELED", "NotArchived")],
            "Default": "LetItWork",
        },
        "Archived": {"Type": "Succeed"},
        "NotArchived": {"Type": "Fail", "Error": "NotArchived", "CausePath": "States.JsonToString($.export)"},
    }
    whole = {"Comment": "Archives a snapshot of the database", "StartAt": "LookForIt", "TimeoutSeconds": LONGEST_SECONDS}
    return pulumi.Output.json_dumps({**whole, "States": states})


def _task(resource: str, parameters: Mapping[str, Any]) -> dict[str, object]:
    return {"Type": "Task", "Resource": resource, "Parameters": parameters, "Retry": [RETRIES]}


def _when(status: str, then: str) -> dict[str, object]:
    return {"Variable": "$.export.Status", "StringEquals": status, "Next": then}


def snapshots_of(identifier: str, days: tuple[int, ...]) -> str:
    """The event pattern: an automated snapshot of that instance is there (RDS-EVENT-0091), on one of those days of the month, in UTC."""
    return json.dumps(
        {
            "source": ["aws.rds"],
            "detail-type": ["RDS DB Snapshot Event"],
            "time": [{"wildcard": f"*-{day:02d}T*"} for day in days],
            "detail": {"EventID": ["RDS-EVENT-0091"], "SourceIdentifier": [{"prefix": f"rds:{identifier}-"}]},
        }
    )
