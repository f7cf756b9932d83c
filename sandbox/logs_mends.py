"""CloudWatch Logs in the emulator: queries that are kept by name, which it does not have."""

import uuid
from typing import Any

from moto.core.responses import ActionResult
from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.responses import LogsResponse

KEPT = ("name", "queryString", "logGroupNames", "queryLanguage")


def mend() -> None:
    """Give the emulator the functions below."""
    operations = {"put_query_definition": _put, "describe_query_definitions": _describe, "delete_query_definition": _delete}
    for name, function in operations.items():
        setattr(LogsResponse, name, function)


def _definitions(response: LogsResponse) -> dict[str, dict[str, Any]]:
    """The region's definitions by id, kept in its backend, so that a reset of the emulator takes them along."""
    kept: dict[str, dict[str, Any]] = vars(response.logs_backend).setdefault("query_definitions", {})
    return kept


def _put(response: LogsResponse) -> ActionResult:
    """Make a definition, or write all of one anew."""
    given, definitions = {name: response._get_param(name) for name in KEPT}, _definitions(response)  # noqa: SLF001 -- as the emulator reads
    id_ = response._get_param("queryDefinitionId")  # noqa: SLF001 -- as above
    if id_ and id_ not in definitions:
        raise ResourceNotFoundException(f"The query definition {id_} does not exist.")
    id_ = id_ or str(uuid.uuid4())
    definitions[id_] = {name: value for name, value in {**given, "queryDefinitionId": id_}.items() if value is not None}
    return ActionResult({"queryDefinitionId": id_})


def _describe(response: LogsResponse) -> ActionResult:
    prefix = response._get_param("queryDefinitionNamePrefix") or ""  # noqa: SLF001 -- as the emulator reads
    return ActionResult({"queryDefinitions": [each for each in _definitions(response).values() if each["name"].startswith(prefix)]})


def _delete(response: LogsResponse) -> ActionResult:
    id_ = response._get_param("queryDefinitionId")  # noqa: SLF001 -- as the emulator reads
    if not _definitions(response).pop(id_, None):
        raise ResourceNotFoundException(f"The query definition {id_} does not exist.")
    return ActionResult({"success": True})
