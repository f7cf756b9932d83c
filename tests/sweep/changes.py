"""The ways in which a property is made worse: gone, empty, the other of two, or something else."""

from collections.abc import Iterator, Mapping
from typing import Any

from policies.rules.wire import SECRET_SIGNATURE, SIGNATURE_KEY
from tests.policies.given import REMOVED, UNKNOWN, Given, paths

NEVER = ("tags", "urn", "__defaults")
"""What no property of AWS's is."""


def changes(resource: Given) -> Iterator[tuple[str, str, Any]]:
    """Path, what is done to it, and the value that it then has."""
    secret = tuple(path for path, value in paths(resource.inputs) if _is_secret(value))
    for path, value in paths(resource.inputs):
        if path.split(".")[0] in NEVER or path.startswith(secret):
            continue
        yield path, "removed", REMOVED
        for said, other in _others(value):
            if other != value:
                yield path, said, other


def _others(value: Any) -> Iterator[tuple[str, Any]]:
    if value == UNKNOWN:
        return
    if isinstance(value, bool):
        yield "flipped", not value
    elif isinstance(value, int | float):
        yield "0", 0
        yield "a hundred times as much", value * 100 + 1
    elif isinstance(value, str) and value in {"true", "false"}:
        yield "flipped", "false" if value == "true" else "true"
    elif isinstance(value, str):
        yield "something else", f"{value}-else"
    elif isinstance(value, list) and value:
        yield "empty", []


def _is_secret(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get(SIGNATURE_KEY) == SECRET_SIGNATURE
