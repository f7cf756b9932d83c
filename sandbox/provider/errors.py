"""Errors as the engine shows them: AWS's own code and message, never a traceback."""

import re
import traceback
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import grpc
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError
from google.protobuf import any_pb2
from google.rpc import status_pb2  # type: ignore[import-untyped] # generated code, without annotations
from pulumi.runtime.proto import provider_pb2

from sandbox.provider.wire import encode

SERVER_ERROR = 500
"""HTTP status of the emulator's answer to an operation that it does not have (REST services: 404)."""

UNANSWERED = "the emulator failed or has no such operation; its log says which"

GONE = re.compile(r"NotFound|NoSuch|NotExist|Nonexist|^404$")
"""Every AWS service has a code of its own for a thing that is not there; all say it in one of these words."""


class ProviderError(Exception):
    """Something the user has to know, in a sentence."""


class PartialError(Exception):
    """The resource exists, but a step after its creation, or of its update, failed: the engine must remember it."""

    def __init__(self, cause: Exception, id_: str, outputs: dict[str, Any], inputs: dict[str, Any]) -> None:
        super().__init__(str(cause))
        self.cause, self.id, self.outputs, self.inputs = cause, id_, outputs, inputs


class _Status(NamedTuple):
    """What grpc sends in place of an answer."""

    code: grpc.StatusCode
    details: str
    trailing_metadata: tuple[tuple[str, bytes], ...]


def is_gone(error: Exception) -> bool:
    """Whether AWS says that the thing is not there."""
    return isinstance(error, ClientError) and bool(GONE.search(error.response["Error"]["Code"]))


def explain(error: Exception) -> str:
    """Return what happened, in AWS's words where AWS spoke."""
    match error:
        case ClientError():
            told = error.response["Error"]
            if error.response["ResponseMetadata"].get("HTTPStatusCode") == SERVER_ERROR:
                return f"{error.operation_name}: {UNANSWERED}"
            return f"operation error {error.operation_name}: {told['Code']}: {told['Message']}"
        case EndpointConnectionError():
            return f"the emulator does not answer ({error}): `switchyard sandbox status` says whether it runs"
        case ProviderError() | BotoCoreError():
            return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"defect in the sandbox's provider ({Path(frame.filename).name}:{frame.lineno}): {type(error).__name__}: {error}"


def refuse(context: grpc.ServicerContext, error: Exception, doing: str) -> NoReturn:
    """End the request with an error; what a half-done operation has made goes along, so that it is not lost."""
    if isinstance(error, PartialError):
        context.abort_with_status(_partial(error, f"{doing}: {explain(error.cause)}"))
    context.abort(grpc.StatusCode.UNKNOWN, f"{doing}: {explain(error)}")
    raise AssertionError("grpc has ended the request")


def _partial(error: PartialError, reason: str) -> _Status:
    """Return the status by which the engine learns of a resource that exists in spite of the error."""
    made = provider_pb2.ErrorResourceInitFailed(
        id=error.id, properties=encode(error.outputs), inputs=encode(error.inputs), reasons=[reason]
    )
    detail = any_pb2.Any()
    detail.Pack(made)
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=reason, details=[detail])
    return _Status(grpc.StatusCode.UNKNOWN, reason, (("grpc-status-details-bin", status.SerializeToString()),))
