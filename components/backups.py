"""Backups of what carries the tag: made daily, copied to the second region, and restored every week to prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.backup_role import BackupRole, BackupRoleArgs
from components.backup_vault import BackupVault, BackupVaultArgs
from components.restore_testing import RestoreTesting, RestoreTestingArgs
from components.signals import Tell
from components.tags import selected
from components.watched import Watched
from settings_backup import Backup, Restored

SCHEDULES = {"daily": "* * ? *", "weekly": "? * SUN *", "monthly": "1 * ? *"}
"""Day of the month, month, day of the week and year. Where several start at once AWS keeps one backup, by the rule that keeps it longest
(https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html)."""


@dataclass(frozen=True, kw_only=True)
class BackupsArgs:
    """When, for how long, and with which keys."""

    settings: Backup
    """The section of stack config."""
    account_id: str
    """The account."""
    vault_key_arns: Mapping[str | None, pulumi.Input[str]]
    """The vaults' keys by region (None for the stack's own): there is a vault for each."""
    data_key_arns: Sequence[pulumi.Input[str]]
    """The keys of what is backed up."""
    buckets: Sequence[pulumi.Input[str]]
    """The names of the buckets that are backed up."""
    database_subnets: pulumi.Input[str] | None
    """The name of the subnet group in which a test restores the database; None where there is none."""
    topics: Mapping[str | None, Mapping[Tell, pulumi.Input[str]]]
    """The topics by region and news."""


class Backups(pulumi.ComponentResource):
    """A locked vault here and one in the second region, the plan that fills both, and the weekly test that restores from here.

    What is backed up is what this stack has tagged (components/tags.py). Stateful: the vaults are protected. Costs what the vaults hold,
    what goes to the other region (0.02 USD a GB), and some hours of what a restore test makes.
    """

    watched: Sequence[Watched]
    """The vaults."""

    def __init__(self, name: str, args: BackupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:backup:Backups", name, None, opts)
        vaults = {region: self._vault(name, args, region) for region in args.vault_key_arns}
        role = self._role(name, args, vaults)
        plan = self._plan(name, args, vaults)
        self._selection(name, role, plan)
        self._tests(args, vaults[None], role)
        self.watched = [watched for vault in vaults.values() for watched in vault.watched]
        self.register_outputs({})

    def _vault(self, name: str, args: BackupsArgs, region: str | None) -> BackupVault:
        vault_args = BackupVaultArgs(
            account_id=args.account_id,
            key_arn=args.vault_key_arns[region],
            lock=args.settings.lock,
            may_delete=args.settings.may_delete,
            topic_arn=args.topics[region][Tell.TICKET],
            makes=region is None,
            region=region,
        )
        return BackupVault(f"{name}-copy" if region else name, vault_args, pulumi.ResourceOptions(parent=self))

    def _role(self, name: str, args: BackupsArgs, vaults: Mapping[str | None, BackupVault]) -> BackupRole:
        role_args = BackupRoleArgs(
            account_id=args.account_id,
            vault_arns=[vault.arn for vault in vaults.values()],
            buckets=args.buckets,
            key_arns=[*args.vault_key_arns.values(), *args.data_key_arns],
        )
        return BackupRole(f"{name}-role", role_args, pulumi.ResourceOptions(parent=self))

    def _plan(self, name: str, args: BackupsArgs, vaults: Mapping[str | None, BackupVault]) -> aws.backup.Plan:
        return aws.backup.Plan(
            f"{name}-plan",
            rules=[_rule(args.settings, how_often, vaults) for how_often in SCHEDULES],
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(vaults.values())),
        )

    def _selection(self, name: str, role: BackupRole, plan: aws.backup.Plan) -> aws.backup.Selection:
        """All of these tags: another stack of the account has its own plan."""
        tags = selected(pulumi.get_project(), pulumi.get_stack())
        tagged = [aws.backup.SelectionConditionStringEqualArgs(key=key, value=value) for key, value in tags.items()]
        return aws.backup.Selection(
            f"{name}-tagged",
            plan_id=plan.id,
            iam_role_arn=role.arn,
            resources=["*"],
            conditions=[aws.backup.SelectionConditionArgs(string_equals=tagged)],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _tests(self, args: BackupsArgs, vault: BackupVault, role: BackupRole) -> RestoreTesting:
        tests_args = RestoreTestingArgs(
            settings=args.settings.restore_testing,
            time_zone=args.settings.time_zone,
            vault_arn=vault.arn,
            role_arn=role.restorer_arn,
            overrides={Restored.DATABASE: {"dbSubnetGroupName": args.database_subnets}} if args.database_subnets else {},
        )
        return RestoreTesting("restore", tests_args, pulumi.ResourceOptions(parent=self))


def _rule(settings: Backup, how_often: str, vaults: Mapping[str | None, BackupVault]) -> aws.backup.PlanRuleArgs:
    kept, cold = settings.retentions, settings.cold_storage_after if how_often == "monthly" else None
    copies = [
        aws.backup.PlanRuleCopyActionArgs(
            destination_vault_arn=vault.arn,
            lifecycle=aws.backup.PlanRuleCopyActionLifecycleArgs(delete_after=kept[f"copies.{how_often}_days"], cold_storage_after=cold),
        )
        for region, vault in vaults.items()
        if region
    ]
    return aws.backup.PlanRuleArgs(
        rule_name=how_often,
        target_vault_name=vaults[None].name,
        schedule=f"cron(0 {settings.hour} {SCHEDULES[how_often]})",
        schedule_expression_timezone=settings.time_zone,
        start_window=settings.start_minutes,
        completion_window=settings.completion_minutes,
        lifecycle=aws.backup.PlanRuleLifecycleArgs(delete_after=kept[f"{how_often}_days"], cold_storage_after=cold),
        copy_actions=copies,
    )
