"""Values as the other vocabulary writes them: numbers and text, maps and lists of pairs, bare lists and wrapped ones."""

import contextlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

PAIR = 2
"""Members of a structure that botocore lists for a map: key (or name) and value."""


def is_wrapped(shape: Any) -> bool:
    """Whether a structure is CloudFront's form of a list: its items, mostly with their number, and perhaps with more about them."""
    return "Items" in shape.members


def is_bare(value: Any, shape: Any) -> bool:
    """Whether a value for such a structure is its items alone; a map can be those only where there is nothing else, as with tags."""
    return not isinstance(value, dict) or (list(shape.members) == ["Items"] and "Items" not in value)


def wrapped(value: dict[str, Any], shape: Any) -> dict[str, Any]:
    """Return such a structure with what it says of its items."""
    quantity = len(value.get("Items", ()))
    told = {"Quantity": quantity, "Enabled": quantity > 0}
    return {**value, **{name: item for name, item in told.items() if name in shape.members}}


def pairs(value: Mapping[str, Any], shape: Any) -> list[Any]:
    """Return a map as AWS's list of key (or name) and value; an object for a list of other things is a list of one."""
    key, item = [*getattr(shape, "members", ()), "", ""][:PAIR]
    if not item.lower().endswith("value"):
        return [value]
    return [{key: name, item: text} for name, text in value.items()]


def mapping(value: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return AWS's list of key (or name) and value as a map."""
    return {pair[0]: pair[1] for pair in (list(item.values())[:PAIR] for item in value)}


def at(thing: Any, path: str) -> Any:
    """Return what an answer has at a dotted path, through the first member of each list; None where there is nothing."""
    for step in path.split("."):
        thing = next(iter(thing), None) if isinstance(thing, list) else thing
        thing = thing.get(step) if isinstance(thing, Mapping) else None
    return thing


SCALARS: Mapping[str, type] = {"string": str, "integer": int, "long": int, "float": float, "double": float, "boolean": bool}
"""Python's types for botocore's."""


def scalar(value: Any, kind: type | None) -> Any:
    """Return a value as the other side writes it: `"443"` and 443, `"true"` and true, a document and its text, a thing and a list of it."""
    if isinstance(value, dict) and list(value) == ["Value"]:
        value = value["Value"]
    if isinstance(value, list) and kind in SCALARS.values():
        value = value[0] if value else None
    if isinstance(value, datetime):
        return value.isoformat()
    if kind is str and isinstance(value, bool):
        return str(value).lower()
    if kind is str and isinstance(value, dict | list):
        return json.dumps(value)
    if kind is bool and isinstance(value, str):
        return value.lower() in ("true", "on", "enabled", "1")
    if kind in (str, int, float) and isinstance(value, str | int | float):
        with contextlib.suppress(ValueError):  # no number: left for botocore, which names the parameter
            return kind(value)
    return value
