"""The two vocabularies: Pulumi's `targetGroups[].arn` is AWS's `TargetGroups[].TargetGroupArn`.

A property and a member are the same when they differ only in case (`mfaDelete`, `MFADelete`), or when the member repeats what it
is a member of (`name` of a load balancer, `LoadBalancerName`). Everything else a row says itself, in `names`:

    {"forward": "ForwardConfig"}                               at any depth
    {"versioning": "Versioning.Status"}                        AWS keeps it one level deeper, or in a list of one
    {"healthCheck": {"interval": "HealthCheckIntervalSeconds"}}  AWS keeps the object's members beside it

Values follow botocore's shape on the way out and the Pulumi type on the way back: text and numbers, a thing and a list of it, ...
(values.py).
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.provider.kinds import Kind
from sandbox.provider.values import SCALARS, at, is_bare, is_wrapped, mapping, pairs, scalar, wrapped

Shape = Any
"""A botocore shape: its classes carry no types."""

Leaf = Callable[[str, Any, Shape], None]
"""Told of each value on its way to AWS: property path, value, shape."""


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


def _leads(path: str, members: Mapping[str, Any]) -> bool:
    """Whether an AWS path ends at something: a change may take less than the creation."""
    for step in path.split("."):
        if step not in members:
            return False
        shape = members[step]
        members = getattr(shape.member if shape.type_name == "list" else shape, "members", {})
    return True


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
            return [(inner, path) for inner, path in target.items() if _leads(path, members)]
        path = target if target and _leads(target, members) else find(name, members, noun)
        return [("", path)] if path else []

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
                made = self._parameter(part, home.members[last], walk.into(f"{name}.{inner}".rstrip(".")))
                place[last] = {**place.get(last, {}), **made} if isinstance(made, dict) else made
        return result

    def _parameter(self, value: Any, shape: Shape, walk: Walk) -> Any:
        match shape.type_name:
            case "structure" if is_wrapped(shape) and is_bare(value, shape):
                return wrapped({"Items": self._parameter(value, shape.members["Items"], walk)}, shape)
            case "structure" if is_wrapped(shape):
                return wrapped(self.parameters(value, shape, walk), shape)
            case "structure":
                value = value[0] if isinstance(value, list) else value
                value = value if isinstance(value, dict) else {next(iter(shape.members)): value}
                return self.parameters(value, shape, walk)
            case "list":
                walk.leaf(walk.at, value, shape)
                items = pairs(value, shape.member) if isinstance(value, dict) else value
                items = items if isinstance(items, list) else [items]
                return [self._parameter(item, shape.member, walk.into(f"[{index}]")) for index, item in enumerate(items)]
            case "map":
                return {key: self._parameter(item, shape.value, walk.into(key)) for key, item in value.items()}
        walk.leaf(walk.at, value, shape)
        return scalar(value, SCALARS.get(shape.type_name))

    def properties(self, thing: Mapping[str, Any], types: Mapping[str, Kind], noun: str = "") -> dict[str, Any]:
        """Properties of a resource type (or of an object in it) that the answer speaks of; None where AWS says "not set"."""
        result = {}
        for name, kind in types.items():
            target = self.names.get(name)
            if isinstance(target, Mapping):
                parts = {inner: at(thing, path) for inner, path in target.items() if path.split(".")[0] in thing}
                if parts:
                    result[name] = self._property(parts, kind, name)
                continue
            path = target if target and target.split(".")[0] in thing else find(name, thing, noun or self.noun)
            if path:
                result[name] = self._property(at(thing, path), kind, name)
        return result

    def _property(self, value: Any, kind: Kind, name: str) -> Any:
        if value is None:
            return None
        match kind.form:
            case "map":
                return mapping(value) if isinstance(value, list) else value
            case "list":
                value = value.get("Items") or [] if isinstance(value, Mapping) and "Quantity" in value else value
                return [self._property(item, kind.item, name) for item in (value if isinstance(value, list) else [value])]
            case "object":
                value = (value or [None])[0] if isinstance(value, list) else value
                found = self.properties(value or {}, kind.members, _noun(name))
                return {key: item for key, item in found.items() if item is not None} or (value if value == {} else None)
        return scalar(value, kind.scalar)
