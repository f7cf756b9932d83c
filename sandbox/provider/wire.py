"""Property maps as they travel between the engine and a provider: plain data, unknown values and secrets."""

from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format, struct_pb2
from pulumi.runtime import rpc

UNKNOWN = rpc.UNKNOWN
"""Stands for a value that is not known before the update; previews are full of it."""

SIGNATURE = "4dabf18193072939515e22adb298388d"
"""Key under which the engine's protocol says what kind of special value an object is."""

SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the protocol's mark of a secret, no secret itself


@dataclass(frozen=True)
class Secret:
    """A value that the engine encrypts in its state and never prints."""

    value: Any


def decode(struct: struct_pb2.Struct) -> dict[str, Any]:
    """Property map of a request; whole numbers as `int`, secrets wrapped in `Secret`."""
    decoded: dict[str, Any] = _decoded(json_format.MessageToDict(struct))
    return decoded


def _decoded(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_decoded(item) for item in value]
        case dict() if value.get(SIGNATURE) == SECRET:
            return Secret(_decoded(value.get("value")))
        case dict():
            return {key: _decoded(item) for key, item in value.items()}
    return value


def encode(values: dict[str, Any]) -> struct_pb2.Struct:
    """Property map for an answer; properties without a value are left out."""
    return json_format.ParseDict(_encoded(values), struct_pb2.Struct())


def _encoded(value: Any) -> Any:
    match value:
        case Secret():
            return {SIGNATURE: SECRET, "value": _encoded(value.value)}
        case dict():
            return {key: _encoded(item) for key, item in value.items() if item is not None}
        case list():
            return [_encoded(item) for item in value]
    return value


def plain(value: Any) -> Any:
    """Return the same value without its `Secret` wrappers, at any depth."""
    match value:
        case Secret():
            return plain(value.value)
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
    return value


def has_secret(value: Any) -> bool:
    """Whether a secret is wrapped anywhere in the value."""
    return _any(value, lambda item: isinstance(item, Secret))


def has_unknown(value: Any) -> bool:
    """Whether any part of a plain value is unknown yet."""
    return _any(value, lambda item: isinstance(item, str) and item == UNKNOWN)


def _any(value: Any, test: Any) -> bool:
    if isinstance(value, dict):
        return any(_any(item, test) for item in value.values())
    if isinstance(value, list):
        return any(_any(item, test) for item in value)
    return bool(test(value))


def known(values: dict[str, Any], *, places: bool = False) -> dict[str, Any]:
    """Return what is known of a plain property map: unknown members are dropped, at any depth; in lists their `places` may stay."""
    return {key: _known(value, places=places) for key, value in values.items() if value != UNKNOWN}


def _known(value: Any, *, places: bool) -> Any:
    if isinstance(value, dict):
        return known(value, places=places)
    if isinstance(value, list):
        return [_known(item, places=places) for item in value if places or item != UNKNOWN]
    return value


def conceal(value: Any, like: Any) -> Any:
    """Wrap the parts of a plain value that are secret in `like`; where the two differ in form, all of it (fail closed)."""
    if isinstance(like, Secret) or (has_secret(like) and not _alike(value, like)):
        return Secret(value)
    if isinstance(value, dict) and isinstance(like, dict):
        return {key: conceal(item, like.get(key)) for key, item in value.items()}
    if isinstance(value, list) and has_secret(like):
        return [conceal(item, pattern) for item, pattern in zip(value, like, strict=True)]
    return value


def _alike(value: Any, like: Any) -> bool:
    both_lists = isinstance(value, list) and isinstance(like, list) and len(value) == len(like)
    return both_lists or (isinstance(value, dict) and isinstance(like, dict))
