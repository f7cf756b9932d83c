"""AWS Backup: plans that restore backups to see whether that works, and what they restore."""

from datetime import UTC, datetime
from typing import Any

from moto.moto_api._internal import mock_random

from sandbox.added import Operation, Params, Record, RefusalError, found, shelf
from sandbox.added.backups import MISSING, check_role

PLAN = {"StartWindowHours": 24, "ScheduleExpressionTimezone": "Etc/UTC"}
"""What AWS fills in."""

POINTS = {"SelectionWindowDays": 30, "ExcludeVaults": []}

NAME, SELECTION = "RestoreTestingPlanName", "RestoreTestingSelectionName"


def _plan(backend: Any, params: Params) -> Record:
    plan: Record = found(shelf(backend, "restore_plans"), params[NAME], MISSING, "Restore testing plan")
    return plan


def _create_plan(backend: Any, params: Params) -> Record:
    wanted, plans = params["RestoreTestingPlan"], shelf(backend, "restore_plans")
    name = wanted[NAME]
    if name in plans:
        raise RefusalError("AlreadyExistsException", f"Restore testing plan {name} already exists.")
    arn = f"arn:aws:backup:{backend.region_name}:{backend.account_id}:restore-testing-plan:{name}-{mock_random.uuid4()}"
    points = {**POINTS, **wanted["RecoveryPointSelection"]}
    told = {"RestoreTestingPlanArn": arn, "CreationTime": datetime.now(UTC)}
    plans[name] = {**PLAN, **wanted, **told, "RecoveryPointSelection": points, "selections": {}}
    backend.tag_resource(arn, params.get("Tags") or {})
    return dict(plans[name])


def _get_plan(backend: Any, params: Params) -> Record:
    return {"RestoreTestingPlan": _plan(backend, params)}


def _list_plans(backend: Any, _params: Params) -> Record:
    return {"RestoreTestingPlans": list(shelf(backend, "restore_plans").values())}


def _update_plan(backend: Any, params: Params) -> Record:
    plan, wanted = _plan(backend, params), params["RestoreTestingPlan"]
    points = {**plan["RecoveryPointSelection"], **wanted.get("RecoveryPointSelection", {})}
    now = datetime.now(UTC)
    plan |= {**wanted, "RecoveryPointSelection": points, "LastUpdateTime": now, "UpdateTime": now}
    return plan


def _delete_plan(backend: Any, params: Params) -> None:
    plan = _plan(backend, params)
    if plan["selections"]:
        raise RefusalError("InvalidRequestException", "The restore testing selections of a plan must be deleted before it.")
    del shelf(backend, "restore_plans")[plan[NAME]]


def _selection(backend: Any, params: Params) -> Record:
    selection: Record = found(_plan(backend, params)["selections"], params[SELECTION], MISSING, "Restore testing selection")
    return selection


def _create_selection(backend: Any, params: Params) -> Record:
    plan, wanted = _plan(backend, params), params["RestoreTestingSelection"]
    check_role(backend, wanted["IamRoleArn"])
    if wanted[SELECTION] in plan["selections"]:
        raise RefusalError("AlreadyExistsException", f"Restore testing selection {wanted[SELECTION]} already exists.")
    told = {"ProtectedResourceArns": ["*"], "ValidationWindowHours": 0, **wanted, NAME: plan[NAME], "CreationTime": datetime.now(UTC)}
    plan["selections"][wanted[SELECTION]] = told
    return {**told, "RestoreTestingPlanArn": plan["RestoreTestingPlanArn"]}


def _get_selection(backend: Any, params: Params) -> Record:
    return {"RestoreTestingSelection": _selection(backend, params)}


def _list_selections(backend: Any, params: Params) -> Record:
    return {"RestoreTestingSelections": list(_plan(backend, params)["selections"].values())}


def _update_selection(backend: Any, params: Params) -> Record:
    selection, wanted = _selection(backend, params), params["RestoreTestingSelection"]
    check_role(backend, wanted.get("IamRoleArn", selection["IamRoleArn"]))
    selection |= {**wanted, "UpdateTime": datetime.now(UTC)}
    return {**selection, "RestoreTestingPlanArn": _plan(backend, params)["RestoreTestingPlanArn"]}


def _delete_selection(backend: Any, params: Params) -> None:
    del _plan(backend, params)["selections"][_selection(backend, params)[SELECTION]]


OPERATIONS: dict[str, Operation] = {
    "create_restore_testing_plan": _create_plan,
    "get_restore_testing_plan": _get_plan,
    "list_restore_testing_plans": _list_plans,
    "update_restore_testing_plan": _update_plan,
    "delete_restore_testing_plan": _delete_plan,
    "create_restore_testing_selection": _create_selection,
    "get_restore_testing_selection": _get_selection,
    "list_restore_testing_selections": _list_selections,
    "update_restore_testing_selection": _update_selection,
    "delete_restore_testing_selection": _delete_selection,
}

PATHS = ("{0}/restore-testing/plans$", "{0}/restore-testing/plans/(?P<name>.+)$")
"""Where the emulator did not listen."""
