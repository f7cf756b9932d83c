"""The two vocabularies: Pulumi's `targetGroups[].arn` is AWS's `TargetGroups[].TargetGroupArn`.

A property and a member are the same when they differ only in case (`mfaDelete`, `MFADelete`), or when the member repeats what it
is a member of (`name` of a load balancer, `LoadBalancerName`). Everything else a row says itself, in `names`:

    {"forward": "ForwardConfig"}                               at any depth
    {"versioning": "Versioning.Status"}                        AWS keeps it one level deeper, or in a list of one
    {"healthCheck": {"interval": "HealthCheckIntervalSeconds"}}  AWS keeps the object's members beside it

Values follow botocore's shape on the way out and the Pulumi type on the way back: text and numbers, a thing and a list of it, ...
"""

import contextlib
import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.provider.kinds import Kind

Shape = Any
"""A botocore shape: its classes carry no types."""

Leaf = Callable[[str, Any, Shape], None]
"""Told of each value on its way to AWS: property path, value, shape."""

PAIR = 2
"""Members of a structure that botocore lists for a map: key (or name) and value."""


@functools.cache
def squash(name: str) -> str:
    """Return a name without what the two vocabularies disagree on: case and underscores."""
    return name.replace("_", "").lower()


def find(name: str, members: Mapping[str, Any], noun: str) -> str | None:
    """Return the member that a property is, by the two rules above."""
    if name in members:
        return name
    for wanted in (squash(name), squash(noun + name)):
        for member in members:
            if squash(member) == wanted:
                return member
    return None


def _noun(name: str) -> str:
    """Return what one element of a property is called: `targetGroups` holds a TargetGroup."""
    return name.removesuffix("s")


@dataclass(frozen=True)
class Walk:
    """Where the way from the inputs to the parameters has come to."""

    leaf: Leaf = lambda _path, _value, _shape: None
    at: str = ""
    """Property path."""

    def into(self, step: str) -> "Walk":
        """Go on to a property, or to an element such as `[0]`."""
        return Walk(self.leaf, f"{self.at}.{step}".lstrip(".") if not step.startswith("[") else f"{self.at}{step}")

    @property
    def noun(self) -> str:
        """What an element of the property is called: `targetGroups` holds a target group. Empty at the start."""
        return _noun(self.at.rsplit(".", maxsplit=1)[-1].split("[", maxsplit=1)[0])


@dataclass(frozen=True)
class Words:
    """The vocabulary of one resource type."""

    noun: str
    names: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)

    def carries(self, name: str, shape: Shape) -> bool:
        """Whether an operation with this input shape takes the property."""
        return any(True for _ in self._targets(name, shape.members, self.noun))

    def _targets(self, name: str, members: Mapping[str, Any], noun: str) -> Sequence[tuple[str, str]]:
        """Return (member of the property or "", AWS path) of what the members take of a property."""
        target = self.names.get(name)
        if isinstance(target, Mapping):
            pairs = list(target.items())
        else:
            path = target or find(name, members, noun)
            pairs = [("", path)] if path else []
        return [(inner, path) for inner, path in pairs if path.split(".")[0] in members]

    def parameters(self, values: Mapping[str, Any], shape: Shape, walk: Walk = Walk()) -> dict[str, Any]:
        """Parameters of an operation (or of a structure in it): those of the values that its shape has a place for."""
        result: dict[str, Any] = {}
        for name, value in values.items():
            for inner, path in self._targets(name, shape.members, walk.noun or self.noun):
                part = (value or {}).get(inner) if inner else value
                if part is None:
                    continue
                *parents, last = path.split(".")
                place, home = result, shape
                for parent in parents:
                    home = home.members[parent]
                    if home.type_name == "list":
                        place, home = place.setdefault(parent, [{}])[0], home.member
                    else:
                        place = place.setdefault(parent, {})
                place[last] = self._parameter(part, home.members[last], walk.into(f"{name}.{inner}".rstrip(".")))
        return result

    def _parameter(self, value: Any, shape: Shape, walk: Walk) -> Any:
        match shape.type_name:
            case "structure":
                value = value[0] if isinstance(value, list) else value
                value = value if isinstance(value, dict) else {next(iter(shape.members)): value}
                return self.parameters(value, shape, walk)
            case "list":
                walk.leaf(walk.at, value, shape)
                items = _pairs(value, shape.member) if isinstance(value, dict) else value
                items = items if isinstance(items, list) else [items]
                return [self._parameter(item, shape.member, walk.into(f"[{index}]")) for index, item in enumerate(items)]
            case "map":
                return {key: self._parameter(item, shape.value, walk.into(key)) for key, item in value.items()}
        walk.leaf(walk.at, value, shape)
        return _scalar(value, SCALARS.get(shape.type_name))

    def properties(self, thing: Mapping[str, Any], types: Mapping[str, Kind], noun: str = "") -> dict[str, Any]:
        """Properties of a resource type (or of an object in it) that the answer speaks of; None where AWS says "not set"."""
        result = {}
        for name, kind in types.items():
            target = self.names.get(name)
            if isinstance(target, Mapping):
                parts = {inner: _at(thing, path) for inner, path in target.items() if path.split(".")[0] in thing}
                if parts:
                    result[name] = self._property(parts, kind, name)
                continue
            path = target if target and target.split(".")[0] in thing else find(name, thing, noun or self.noun)
            if path:
                result[name] = self._property(_at(thing, path), kind, name)
        return result

    def _property(self, value: Any, kind: Kind, name: str) -> Any:
        if value is None:
            return None
        match kind.form:
            case "map":
                return _mapping(value) if isinstance(value, list) else value
            case "list":
                return [self._property(item, kind.item, name) for item in (value if isinstance(value, list) else [value])]
            case "object":
                value = (value or [None])[0] if isinstance(value, list) else value
                found = self.properties(value or {}, kind.members, _noun(name))
                return {key: item for key, item in found.items() if item is not None} or (value if value == {} else None)
        return _scalar(value, kind.scalar)


def _pairs(value: Mapping[str, Any], shape: Shape) -> list[Any]:
    """Return a map as AWS's list of key (or name) and value; an object for a list of other things is a list of one."""
    key, item = [*getattr(shape, "members", ()), "", ""][:PAIR]
    if not item.endswith("Value"):
        return [value]
    return [{key: name, item: text} for name, text in value.items()]


def _mapping(value: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return AWS's list of key (or name) and value as a map."""
    return {pair[0]: pair[1] for pair in (list(item.values())[:PAIR] for item in value)}


def _at(thing: Any, path: str) -> Any:
    for step in path.split("."):
        thing = next(iter(thing), None) if isinstance(thing, list) else thing
        thing = thing.get(step) if isinstance(thing, Mapping) else None
    return thing


SCALARS: Mapping[str, type] = {"string": str, "integer": int, "long": int, "float": float, "double": float, "boolean": bool}
"""Python's types for botocore's."""


def _scalar(value: Any, kind: type | None) -> Any:
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
