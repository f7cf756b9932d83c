"""How a rule reads a resource: by paths, and never past what is unknown or missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policies.rules.wire import UNKNOWN

if TYPE_CHECKING:
    from policies.rules.resource import Resource

REQUIRED: Any = object()
"""The default of `value` when a rule names none: then a property that is not set is a violation."""


class PropertyError(Exception):
    """A rule could not read the property `path` of `resource`."""

    def __init__(self, resource: "Resource", path: str) -> None:
        super().__init__(f"{resource.name}: {path}")
        self.resource = resource
        self.path = path


class UndecidedError(PropertyError):
    """Only the update will tell the value."""


class MissingError(PropertyError):
    """The property is not set, and the rule has no default for it."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the property (or metric) `path` of `resource`, or the resource itself if it is empty, and why.

    `text` completes a sentence that begins with the path, in words that stand in the rule: never a property's value, which may be secret.
    """

    resource: "Resource"
    path: str
    text: str


class Properties:
    """An object among a resource's properties, or all of them; paths are dotted names as the engine spells them (`healthCheck.path`)."""

    def __init__(self, resource: "Resource", node: Any, path: str) -> None:
        self._resource = resource
        self._node = node
        self._path = path

    def value(self, path: str, default: Any = REQUIRED) -> Any:
        """Return a value; raises UndecidedError if any part of it is unknown, MissingError if it is not set and has no default."""
        found = self._find(path)
        if found is None:
            if default is REQUIRED:
                raise MissingError(self._resource, self._full(path))
            return default
        unknown = _unknown_in(found)
        if unknown is not None:
            raise UndecidedError(self._resource, self._full(path) + unknown)
        return found

    def has(self, path: str) -> bool:
        """Tell whether a property is set, be its value known or not."""
        return self._find(path) is not None

    def items(self, path: str) -> Sequence["Properties"]:
        """Return the entries of a list, none if it is not set; their number may be known while they are not."""
        entries = self._part(path, list)
        return [Properties(self._resource, node, f"{self._full(path)}[{place}]") for place, node in enumerate(entries)]

    def part(self, path: str) -> "Properties":
        """Return an object; raises UndecidedError if it is unknown, MissingError if it is not set."""
        found = self._part(path, dict)
        if not found:
            raise MissingError(self._resource, self._full(path))
        return Properties(self._resource, found, self._full(path))

    def names(self, path: str) -> frozenset[str]:
        """Return the keys of a map, none if it is not set; its values may be unknown."""
        return frozenset(self._part(path, dict))

    def texts(self, path: str) -> Sequence[tuple[str, str]]:
        """Return every known text inside a value with its path; secret ones are SecretText."""
        return list(_texts_in(self._find(path), self._full(path)))

    def problem(self, path: str, text: str) -> Problem:
        """Make a problem with a property, or with this object if `path` is empty."""
        return Problem(self._resource, self._full(path), text)

    def _part(self, path: str, kind: type) -> Any:
        found = self._find(path)
        if found is UNKNOWN:
            raise UndecidedError(self._resource, self._full(path))
        if not isinstance(found, kind | None):
            raise TypeError(f"{self._full(path)} is not a {kind.__name__}")
        return found or kind()

    def _find(self, path: str) -> Any:
        node, walked = self._node, self._path
        for name in path.split("."):
            if node is UNKNOWN:
                raise UndecidedError(self._resource, walked)
            if not isinstance(node, Mapping):
                raise TypeError(f"{walked} has no named parts")
            node, walked = node.get(name), f"{walked}.{name}".lstrip(".")
            if node is None:
                return None
        return node

    def _full(self, path: str) -> str:
        return f"{self._path}.{path}".strip(".")


def _texts_in(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    for step, part in _parts(value):
        yield from _texts_in(part, path + step)


def _parts(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        return ((f".{name}", part) for name, part in value.items())
    if isinstance(value, list):
        return ((f"[{place}]", part) for place, part in enumerate(value))
    return ()


def _unknown_in(value: Any) -> str | None:
    """Return the path from `value` to the first unknown inside it (empty if it is unknown itself), or None."""
    if value is UNKNOWN:
        return ""
    found = ((step, _unknown_in(part)) for step, part in _parts(value))
    return next((step + rest for step, rest in found if rest is not None), None)
