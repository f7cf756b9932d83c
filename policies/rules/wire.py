"""What the engine sends, as plain Python values."""

from typing import Any

from google.protobuf.struct_pb2 import Struct, Value

SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
"""A map with this key is no map but a value of the kind that the key's value names (pulumi: sdk/go/common/resource)."""
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 -- the engine's mark of a secret, none itself
UNKNOWN_SENTINELS = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
"""What stands for an unknown boolean, number, string, list, asset, archive and object."""


class Unknown:
    """A value that only the update will tell. The one instance, UNKNOWN, never leaves the layer."""


UNKNOWN = Unknown()


class SecretText(str):
    """A text that the engine keeps secret."""

    __slots__ = ()


def plain(properties: Struct, secrets: set[str]) -> dict[str, Any]:
    """Turn a resource's properties into plain values; every string inside a secret is added to `secrets`.

    Unknowns become UNKNOWN, whole numbers int. So does a kind of value that this code has never heard of become UNKNOWN:
    what cannot be understood cannot be judged.
    """
    return {name: _value(value, secrets, inside_secret=False) for name, value in properties.fields.items()}


def _value(value: Value, secrets: set[str], *, inside_secret: bool) -> Any:
    match value.WhichOneof("kind"):
        case "struct_value":
            return _object(value.struct_value, secrets, inside_secret=inside_secret)
        case "list_value":
            return [_value(item, secrets, inside_secret=inside_secret) for item in value.list_value.values]
        case "string_value":
            return _string(value.string_value, secrets, inside_secret=inside_secret)
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
    return None


def _object(properties: Struct, secrets: set[str], *, inside_secret: bool) -> Any:
    fields = properties.fields
    if SIGNATURE_KEY in fields:
        if fields[SIGNATURE_KEY].string_value == SECRET_SIGNATURE and "value" in fields:
            return _value(fields["value"], secrets, inside_secret=True)
        return UNKNOWN
    return {name: _value(value, secrets, inside_secret=inside_secret) for name, value in fields.items()}


def _string(text: str, secrets: set[str], *, inside_secret: bool) -> Any:
    if text in UNKNOWN_SENTINELS:
        return UNKNOWN
    if inside_secret:
        secrets.add(text)
        return SecretText(text)
    return text
