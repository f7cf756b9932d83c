"""AWS Backup: what hangs on vaults, plans that can be changed, and what they select."""

import json
from datetime import UTC, datetime
from typing import Any

from moto.backup.models import Plan, Vault
from moto.iam.models import iam_backends
from moto.moto_api._internal import mock_random

from sandbox.added import Operation, Params, Record, RefusalError, found, shelf

BACKUP = "backup.amazonaws.com"

MISSING = "ResourceNotFoundException"


def _vault(backend: Any, params: Params) -> Vault:
    vault: Vault = found(backend.vaults, params["BackupVaultName"], MISSING, "Backup vault")
    return vault


def _put(kind: str, *members: str) -> Operation:
    """Return the operation that hangs something on a vault."""

    def put(backend: Any, params: Params) -> None:
        vars(_vault(backend, params))[kind] = {name: params[name] for name in members}

    return put


def _got(kind: str) -> Operation:
    """Return the operation that says what hangs there."""

    def got(backend: Any, params: Params) -> Record:
        vault = _vault(backend, params)
        told = found(vars(vault), kind, MISSING, f"Of vault {vault.backup_vault_name}, the")
        return {"BackupVaultName": vault.backup_vault_name, "BackupVaultArn": vault.backup_vault_arn, **told}

    return got


def _dropped(kind: str) -> Operation:
    """Return the operation that takes it away."""

    def drop(backend: Any, params: Params) -> None:
        vars(_vault(backend, params)).pop(kind, None)

    return drop


def _plan(backend: Any, id_: str) -> Plan:
    plan: Plan = found(backend.plans, id_, MISSING, "Backup plan")
    return plan


def _update_plan(backend: Any, params: Params) -> Record:
    """Change a plan; it gets a new version."""
    plan = _plan(backend, params["BackupPlanId"])
    fresh = Plan(params["BackupPlan"], plan.creator_request_id, backend)
    kept = ("backup_plan_id", "backup_plan_arn", "creation_date")
    vars(fresh).update({name: getattr(plan, name) for name in kept})
    backend.plans[fresh.backup_plan_id] = fresh
    return _told(fresh)


def _told(plan: Plan) -> Record:
    return {
        "BackupPlanId": plan.backup_plan_id,
        "BackupPlanArn": plan.backup_plan_arn,
        "VersionId": plan.version_id,
        "CreationDate": datetime.fromtimestamp(plan.creation_date, UTC),
    }


def _delete_plan(backend: Any, params: Params) -> Record:
    """Delete a plan that selects nothing any more; the emulator's own goes on answering it."""
    plan = _plan(backend, params["BackupPlanId"])
    if any(each["BackupPlanId"] == plan.backup_plan_id for each in shelf(backend, "selections").values()):
        raise RefusalError("InvalidRequestException", "Related backup plan selections must be deleted prior to backup plan deletion")
    del backend.plans[plan.backup_plan_id]
    return {**_told(plan), "DeletionDate": datetime.now(UTC)}


def check_role(backend: Any, arn: str) -> None:
    """Refuse a role that AWS Backup cannot take on."""
    roles = {role.arn: role for role in iam_backends[backend.account_id]["aws"].roles.values()}
    document = json.loads(roles[arn].assume_role_policy_document) if arn in roles else {}
    if BACKUP not in json.dumps(document):
        raise RefusalError("InvalidParameterValueException", f"IAM Role {arn} cannot be assumed by AWS Backup")


def _create_selection(backend: Any, params: Params) -> Record:
    plan, wanted = _plan(backend, params["BackupPlanId"]), params["BackupSelection"]
    check_role(backend, wanted["IamRoleArn"])
    id_ = str(mock_random.uuid4())
    told = {"SelectionId": id_, "BackupPlanId": plan.backup_plan_id, "CreationDate": datetime.now(UTC)}
    shelf(backend, "selections")[id_] = {**told, "BackupSelection": wanted, "CreatorRequestId": params.get("CreatorRequestId")}
    return told


def _get_selection(backend: Any, params: Params) -> Record:
    selection: Record = found(shelf(backend, "selections"), params["SelectionId"], MISSING, "Backup selection")
    if selection["BackupPlanId"] != params["BackupPlanId"]:
        raise RefusalError(MISSING, f"Backup selection {params['SelectionId']} not found.")
    return selection


def _list_selections(backend: Any, params: Params) -> Record:
    ours = [each for each in shelf(backend, "selections").values() if each["BackupPlanId"] == params["BackupPlanId"]]
    names = ("SelectionName", "IamRoleArn")
    return {"BackupSelectionsList": [{**each, **{name: each["BackupSelection"][name] for name in names}} for each in ours]}


def _delete_selection(backend: Any, params: Params) -> None:
    del shelf(backend, "selections")[_get_selection(backend, params)["SelectionId"]]


def _list_points(backend: Any, params: Params) -> Record:
    """What is in a vault: nothing, since nothing is ever backed up here."""
    _vault(backend, params)
    return {"RecoveryPoints": []}


def _list_restores(_backend: Any, _params: Params) -> Record:
    """What was restored: nothing, as above."""
    return {"RestoreJobs": []}


OPERATIONS: dict[str, Operation] = {
    "put_backup_vault_access_policy": _put("policy", "Policy"),
    "get_backup_vault_access_policy": _got("policy"),
    "delete_backup_vault_access_policy": _dropped("policy"),
    "put_backup_vault_notifications": _put("notifications", "SNSTopicArn", "BackupVaultEvents"),
    "get_backup_vault_notifications": _got("notifications"),
    "delete_backup_vault_notifications": _dropped("notifications"),
    "list_recovery_points_by_backup_vault": _list_points,
    "list_restore_jobs": _list_restores,
    "update_backup_plan": _update_plan,
    "delete_backup_plan": _delete_plan,
    "create_backup_selection": _create_selection,
    "get_backup_selection": _get_selection,
    "list_backup_selections": _list_selections,
    "delete_backup_selection": _delete_selection,
}

PATHS = (
    "{0}/backup-vaults/(?P<name>[^/]+)/access-policy$",
    "{0}/backup-vaults/(?P<name>[^/]+)/notification-configuration$",
    "{0}/backup-vaults/(?P<name>[^/]+)/recovery-points/$",
    "{0}/restore-jobs/$",
)
"""Where the emulator did not listen."""
