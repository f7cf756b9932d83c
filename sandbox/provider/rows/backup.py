"""AWS Backup: vaults and what hangs on them, plans, and what they select."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row, inside
from sandbox.provider.schema import Failure

VAULT = Naming(50, pattern=r"[a-zA-Z0-9_-]{2,50}", says="2 to 50 letters, digits, _ and -")

NAMING = Naming(50, pattern=r"[a-zA-Z0-9_.-]+", says="letters, digits, _ . and -")

COLD_DAYS, CONTINUOUS_DAYS, LEAST_MINUTES = 90, 35, 60
"""Least days in cold storage, most days of a continuous backup, least minutes of a start window.
https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"""

RULE = {
    "rules": "BackupPlan.Rules",
    "targetVaultName": "TargetBackupVaultName",
    "schedule": "ScheduleExpression",
    "startWindow": "StartWindowMinutes",
    "completionWindow": "CompletionWindowMinutes",
    "destinationVaultArn": "DestinationBackupVaultArn",
    "coldStorageAfter": "MoveToColdStorageAfterDays",
    "deleteAfter": "DeleteAfterDays",
}

PLAN = {
    "name": "BackupPlan.BackupPlanName",
    "version": "VersionId",
    **inside("BackupPlan", "advancedBackupSettings", "scanSettings"),
    **RULE,
}

DEFAULTS = {
    "rules.startWindow": 60, "rules.completionWindow": 180, "rules.scheduleExpressionTimezone": "Etc/UTC",
    "rules.enableContinuousBackup": False,
}  # fmt: skip

SELECTED = ("conditions", "iamRoleArn", "notResources", "resources")

SELECTION = {
    "planId": "BackupPlanId",
    "name": "BackupSelection.SelectionName",
    "selectionTags": "BackupSelection.ListOfTags",
    **inside("BackupSelection", *SELECTED),
    "key": "ConditionKey",
    "value": "ConditionValue",
    "type": "ConditionType",
    "stringLikes": "StringLike",
    "stringNotLikes": "StringNotLike",
}


def _plan_failures(inputs: Facts) -> Iterator[Failure]:
    names = [rule.get("ruleName") for rule in inputs.get("rules") or ()]
    for index, rule in enumerate(inputs.get("rules") or ()):
        at = f"rules[{index}]"
        if rule.get("ruleName") and names.count(rule["ruleName"]) > 1:
            yield f"{at}.ruleName", f"{rule['ruleName']!r} is the name of another rule, too"
        if rule.get("startWindow", LEAST_MINUTES) < LEAST_MINUTES:
            yield f"{at}.startWindow", f"{rule['startWindow']} minutes are less than {LEAST_MINUTES}"
        kept = (rule.get("lifecycle") or {}).get("deleteAfter")
        if rule.get("enableContinuousBackup") and not (kept and kept <= CONTINUOUS_DAYS):
            yield f"{at}.lifecycle.deleteAfter", f"a continuous backup is kept for 1 to {CONTINUOUS_DAYS} days"
        yield from _cold_failures(rule, at)
        for number, copy in enumerate(rule.get("copyActions") or ()):
            yield from _cold_failures(copy, f"{at}.copyActions[{number}]")


def _cold_failures(owner: Mapping[str, Any], at: str) -> Iterator[Failure]:
    life = owner.get("lifecycle") or {}
    cold, end = life.get("coldStorageAfter"), life.get("deleteAfter")
    if cold and end and end < cold + COLD_DAYS:
        yield f"{at}.lifecycle.deleteAfter", f"{end} is less than {COLD_DAYS} days after the move to cold storage"


def _lock_failures(inputs: Facts) -> Iterator[Failure]:
    low, high = inputs.get("minRetentionDays"), inputs.get("maxRetentionDays")
    if low and high and low > high:
        yield "minRetentionDays", f"{low} is more than the {high} of maxRetentionDays"


def _selection(client: Any, facts: Facts) -> Any:
    """Return a selection, which an import may name with its plan or alone."""
    id_ = facts["id"].rpartition("|")[2]
    plans = [facts["planId"]] if "planId" in facts else [plan["BackupPlanId"] for plan in client.list_backup_plans()["BackupPlansList"]]
    for plan in plans:
        if id_ in [each["SelectionId"] for each in client.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]]:
            return client.get_backup_selection(BackupPlanId=plan, SelectionId=id_)
    return None


def _of_vault(type_: str, **parts: Any) -> Row:
    """Return the row of something that hangs on a vault, and is called by its name."""
    return Row(type=type_, id="{backupVaultName}", naming=Naming(50, "backupVaultName", pattern=VAULT.pattern, says=VAULT.says), **parts)


def _id(vault: str = "id") -> str:
    return f"{{BackupVaultName: {vault}}}"


ROWS = (
    Row(
        type="aws.backup.Vault",
        noun="BackupVault",
        create=Call("create_backup_vault", "{BackupVaultTags: tagsAll}"),
        id="BackupVaultName",
        read=Call("describe_backup_vault", _id()),
        delete=Call("delete_backup_vault", _id()),
        names={"kmsKeyArn": "EncryptionKeyArn", "recoveryPoints": "NumberOfRecoveryPoints"},
        replaces=("kmsKeyArn",),
        naming=VAULT,
    ),
    _of_vault(
        "aws.backup.VaultLockConfiguration",
        create=Call("put_backup_vault_lock_configuration"),
        read=Call("describe_backup_vault", _id(), "[@][?Locked] | [0]"),
        delete=Call("delete_backup_vault_lock_configuration", _id()),
        replaces=("changeableForDays", "maxRetentionDays", "minRetentionDays"),
        limits={"changeableForDays": Limit(3, 36500), "maxRetentionDays": Limit(1, 36500), "minRetentionDays": Limit(1, 36500)},
        check=_lock_failures,
    ),
    _of_vault(
        "aws.backup.VaultPolicy",
        create=Call("put_backup_vault_access_policy"),
        read=Call("get_backup_vault_access_policy", _id()),
        update=Call("put_backup_vault_access_policy", _id()),
        delete=Call("delete_backup_vault_access_policy", _id()),
    ),
    _of_vault(
        "aws.backup.VaultNotifications",
        create=Call("put_backup_vault_notifications"),
        read=Call("get_backup_vault_notifications", _id()),
        delete=Call("delete_backup_vault_notifications", _id()),
        replaces=("snsTopicArn", "backupVaultEvents"),
    ),
    Row(
        type="aws.backup.Plan",
        noun="BackupPlan",
        create=Call("create_backup_plan", "{BackupPlanTags: tagsAll}"),
        id="BackupPlanId",
        read=Call("get_backup_plan", "{BackupPlanId: id}"),
        update=Call("update_backup_plan", "{BackupPlanId: id}"),
        delete=Call("delete_backup_plan", "{BackupPlanId: id}"),
        names=PLAN,
        defaults=DEFAULTS,
        fresh=("version",),
        naming=NAMING,
        limits={"rules": Limit(1)},
        check=_plan_failures,
    ),
    Row(
        type="aws.backup.Selection",
        create=Call("create_backup_selection"),
        id="SelectionId",
        imports="{planId}|{id}",
        read=Call(_selection),
        delete=Call("delete_backup_selection", "{BackupPlanId: planId, SelectionId: id}"),
        names=SELECTION,
        replaces=("planId", "selectionTags", *SELECTED),
        naming=NAMING,
        limits={"resources": Limit(high=500), "notResources": Limit(high=500)},
    ),
)
