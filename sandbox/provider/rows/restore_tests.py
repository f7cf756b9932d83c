"""AWS Backup: plans that restore backups to see whether that works, and what they restore."""

from collections.abc import Iterator

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.schema import Failure

NAMING = Naming(50, pattern=r"\w+", says="letters, digits and _ alone, so that the program has to give it")

KINDS = (
    "Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3",
)  # fmt: skip
"""What can be restored as a test: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html"""

HOURS = 168
"""A week."""

PLAN = inside("RestoreTestingPlan", "recoveryPointSelection", "scheduleExpression", "scheduleExpressionTimezone", "startWindowHours")

CHANGING = ("iamRoleArn", "protectedResourceArns", "protectedResourceConditions", "restoreMetadataOverrides", "validationWindowHours")

SELECTION = inside("RestoreTestingSelection", "protectedResourceType", *CHANGING)


def _selection_failures(inputs: Facts) -> Iterator[Failure]:
    arns = inputs.get("protectedResourceArns") or ()
    if "*" in arns and len(arns) > 1:
        yield "protectedResourceArns", "it names everything with *, or things by their ARNs, and not both"


ROWS = (
    Row(
        type="aws.backup.RestoreTestingPlan",
        create=Call("create_restore_testing_plan"),
        id="{name}",
        read=Call("get_restore_testing_plan", "{RestoreTestingPlanName: id}"),
        update=Call("update_restore_testing_plan", "{RestoreTestingPlanName: id}"),
        delete=Call("delete_restore_testing_plan", "{RestoreTestingPlanName: id}"),
        names={"name": "RestoreTestingPlan.RestoreTestingPlanName", "arn": "RestoreTestingPlan.RestoreTestingPlanArn", **PLAN},
        naming=NAMING,
        limits={
            "startWindowHours": Limit(0, HOURS),
            "recoveryPointSelection.selectionWindowDays": Limit(1, 365),
            "recoveryPointSelection.includeVaults": Limit(1),
            "recoveryPointSelection.recoveryPointTypes": Limit(1),
            "scheduleExpression": Limit(pattern=r"cron\(.+\)|rate\(.+\)", says="cron(...) or rate(...)"),
        },
    ),
    Row(
        type="aws.backup.RestoreTestingSelection",
        create=Call("create_restore_testing_selection"),
        id="{name}:{restoreTestingPlanName}",
        read=Call("get_restore_testing_selection", "{RestoreTestingPlanName: restoreTestingPlanName, RestoreTestingSelectionName: name}"),
        update=Call("update_restore_testing_selection", on=("restoreTestingPlanName", "name", *CHANGING)),
        delete=Call(
            "delete_restore_testing_selection", "{RestoreTestingPlanName: restoreTestingPlanName, RestoreTestingSelectionName: name}"
        ),
        names={"name": "RestoreTestingSelection.RestoreTestingSelectionName", **SELECTION},
        replaces=("restoreTestingPlanName", "protectedResourceType"),
        naming=NAMING,
        limits={"validationWindowHours": Limit(1, HOURS), "protectedResourceType": Limit(choices=KINDS)},
        conflicts=(("protectedResourceArns", "protectedResourceConditions"),),
        check=_selection_failures,
    ),
)
