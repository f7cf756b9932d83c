"""Operations that AWS has and the emulator lacks or loses most of, added to its services: one file a group of resources.

What they keep hangs on the emulator's own backend of the account and region, and goes when that is reset.
"""

from collections.abc import Callable, Mapping
from typing import Any

from moto.core.base_backend import BackendDict
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

Params = Mapping[str, Any]
"""What a request says, by botocore's names."""

Record = dict[str, Any]
"""A thing as an answer speaks of it, by botocore's names."""

Operation = Callable[[Any, Params], Any]
"""`(backend, parameters) -> answer`, by botocore's names."""


class RefusalError(ServiceException):
    """What AWS refuses: the code of its exception, and a message."""


def shelf(backend: Any, name: str) -> dict[str, Any]:
    """Return the place where a backend keeps things of a kind that the emulator does not know."""
    things: dict[str, Any] = vars(backend).setdefault(f"added_{name}", {})
    return things


def found(things: Mapping[str, Any], name: str | None, code: str, what: str) -> Any:
    """Return a thing by its name. Raises RefusalError, with AWS's code, where there is none."""
    if name is None or name not in things:
        raise RefusalError(code, f"{what} {name} not found.")
    return things[name]


def add(responses: type[BaseResponse], backends: BackendDict[Any], operations: Mapping[str, Operation]) -> None:
    """Let a service answer these operations (by boto3's names) this way, whether it knew them or not."""
    for name, operation in operations.items():
        setattr(responses, name, _answering(backends, operation))


def _answering(backends: BackendDict[Any], operation: Operation) -> Callable[[BaseResponse], ActionResult]:
    def answer(response: BaseResponse) -> ActionResult:
        if not response.automated_parameter_parsing:
            response.parse_parameters(response.normalized_request)
        backend = backends[response.current_account][response.region]
        return ActionResult(operation(backend, response.params))

    return answer
