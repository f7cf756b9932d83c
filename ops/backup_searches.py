"""Where backups' vaults, plans and tests are looked for: the part of `ops/searches.py` that is AWS Backup's."""

from collections.abc import Mapping

from ops.whereabouts import Search

BACKUP_AGAIN = frozenset(
    {
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
        "aws:backup/vaultNotifications:VaultNotifications",
        "aws:backup/vaultPolicy:VaultPolicy",
    }
)
"""What a vault has one of, and the next update simply puts there again."""

BACKUP_SEARCHES: Mapping[str, Search] = {
    "aws:backup/plan:Plan": Search(
        "backup", "list_backup_plans", "{MaxResults: `1000`}", "BackupPlansList", "BackupPlanId", {"BackupPlanName": "name"}
    ),
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": Search(
        "backup", "get_restore_testing_plan", "{RestoreTestingPlanName: name}", "[RestoreTestingPlan]", "{name}"
    ),
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": Search(
        "backup",
        "get_restore_testing_selection",
        "{RestoreTestingPlanName: restoreTestingPlanName, RestoreTestingSelectionName: name}",
        "[RestoreTestingSelection]",
        "{name}:{restoreTestingPlanName}",
    ),
    "aws:backup/selection:Selection": Search(
        "backup",
        "list_backup_selections",
        "{BackupPlanId: planId, MaxResults: `1000`}",
        "BackupSelectionsList",
        "SelectionId",
        {"SelectionName": "name"},
        imports="{planId}|{id}",
    ),
    "aws:backup/vault:Vault": Search(
        "backup", "list_backup_vaults", "{MaxResults: `1000`}", "BackupVaultList", "BackupVaultName", {"BackupVaultName": "name"}
    ),
}
"""A vault that is not there is one that AWS denies to describe, so it is listed."""
