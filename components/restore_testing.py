"""The weekly proof that backups can be restored: AWS restores the newest ones beside what is in use, and removes them again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.naming import fixed_name
from components.tags import selected
from settings_backup import Restored
from settings_backup import RestoreTesting as RestoreTests

NAME_LENGTH = 50
"""Letters, digits and underscores alone, which auto-naming with its hyphen does not keep to
(https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html)."""
WINDOW_DAYS = 7
"""From one test to the next: a backup that is older is no backup that is restored."""
START_HOURS = 1
"""A test that has not started by then has failed."""


@dataclass(frozen=True, kw_only=True)
class RestoreTestingArgs:
    """When, what from where, and by whom."""

    settings: RestoreTests
    """The section of stack config."""
    time_zone: str
    """Where its hour is."""
    vault_arn: pulumi.Input[str]
    """The vault that is restored from."""
    role_arn: pulumi.Input[str]
    """The role that restores."""
    overrides: Mapping[Restored, Mapping[str, pulumi.Input[str]]] = field(default_factory=dict)
    """What AWS must be told of a kind beside what the backup says, such as a database's subnet group."""


class RestoreTesting(pulumi.ComponentResource):
    """A restore testing plan with a selection for each kind of thing. Not stateful: what it restores is gone after the validation window.

    Costs an hour or a few of a database of the same class, once a week, and 0.0075 USD for each restore of a bucket beside its requests.
    """

    def __init__(self, name: str, args: RestoreTestingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:backup:RestoreTesting", name, None, opts)
        plan = self._plan(f"{name}-tests", args)
        for kind in args.settings.which:
            self._selection(f"{name}-{kind.lower()}", args, plan, kind)
        self.register_outputs({})

    def _plan(self, name: str, args: RestoreTestingArgs) -> aws.backup.RestoreTestingPlan:
        return aws.backup.RestoreTestingPlan(
            name,
            name=_name(name),
            schedule_expression=f"cron(0 {args.settings.hour} ? * {args.settings.weekday} *)",
            schedule_expression_timezone=args.time_zone,
            start_window_hours=START_HOURS,
            recovery_point_selection=aws.backup.RestoreTestingPlanRecoveryPointSelectionArgs(
                algorithm="LATEST_WITHIN_WINDOW",
                include_vaults=[args.vault_arn],
                recovery_point_types=["SNAPSHOT"],
                selection_window_days=WINDOW_DAYS,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _selection(
        self, name: str, args: RestoreTestingArgs, plan: aws.backup.RestoreTestingPlan, kind: Restored
    ) -> aws.backup.RestoreTestingSelection:
        return aws.backup.RestoreTestingSelection(
            name,
            name=_name(name),
            restore_testing_plan_name=plan.name,
            iam_role_arn=args.role_arn,
            protected_resource_type=kind,
            protected_resource_conditions=_tagged(),
            restore_metadata_overrides=args.overrides.get(kind),
            validation_window_hours=args.settings.validation_hours,
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )


def _name(name: str) -> str:
    return fixed_name(name, NAME_LENGTH).replace("-", "_")


def _tagged() -> aws.backup.RestoreTestingSelectionProtectedResourceConditionsArgs:
    tags = selected(pulumi.get_project(), pulumi.get_stack())
    equal = aws.backup.RestoreTestingSelectionProtectedResourceConditionsStringEqualArgs
    return aws.backup.RestoreTestingSelectionProtectedResourceConditionsArgs(
        string_equals=[equal(key=key, value=value) for key, value in tags.items()]
    )
