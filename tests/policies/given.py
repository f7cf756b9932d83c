"""Resources as tests describe them, and changes to them."""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from policies.rules.wire import SECRET_SIGNATURE, SIGNATURE_KEY

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How an unknown string reaches a policy pack."""
REMOVED = object()
"""As the value of a change: the property is not set."""

ELSEWHERE = ("urn:pulumi:test::switchyard::aws:s3/bucket:Bucket::elsewhere",)
"""As the sources of a property: its value comes from something that is not in the stack."""

Key = tuple[str, str]
"""A resource's type and logical name."""
Change = Mapping[Key, Mapping[str, Any]]
"""New values (or functions of the old ones) by resource and path; a path is an input's, or begins with `options.` or `sources.`."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """One resource as the engine would tell of it; values in the form in which they travel."""

    type: str
    name: str
    urn: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """What the provider answers beside the inputs."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """`protect` and `ignoreChanges`."""
    sources: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Per property, the URNs that its value comes from."""

    @property
    def key(self) -> Key:
        """Type and name."""
        return (self.type, self.name)


def given(kind: str, name: str, inputs: Mapping[str, Any], comes_from: Mapping[str, Sequence[Given]] | None = None, **more: Any) -> Given:
    """Describe a resource; `comes_from` says which other resources a property's value comes from."""
    sources = {path: [each.urn for each in others] for path, others in (comes_from or {}).items()}
    return Given(type=kind, name=name, urn=f"urn:pulumi:test::switchyard::{kind}::{name}", inputs=inputs, sources=sources, **more)


def secret(value: Any) -> dict[str, Any]:
    """Mark a value as secret the way the engine does."""
    return {SIGNATURE_KEY: SECRET_SIGNATURE, "value": value}


def changed(resources: Iterable[Given], change: Change, drop: Sequence[Key] = ()) -> list[Given]:
    """Apply a change; raises KeyError if it names a resource that is not there. What is dropped may be named by a pattern."""
    kept = {each.key: each for each in resources}
    for kind, pattern in drop:
        named = [key for key in kept if key[0] == kind and fnmatchcase(key[1], pattern)]
        if not named:
            raise KeyError(pattern)
        for key in named:
            del kept[key]
    for key, values in change.items():
        for path, value in values.items():
            kept[key] = _with(kept[key], path, value)
    return list(kept.values())


def _with(resource: Given, path: str, value: Any) -> Given:
    head, _, rest = path.partition(".")
    part, inside = (head, rest) if head in {"options", "sources", "outputs"} else ("inputs", path)
    document = copy.deepcopy(dict(getattr(resource, part)))
    put(document, inside, value)
    changes: Mapping[str, Any] = {part: document}
    return replace(resource, **changes)


def put(document: Any, path: str, value: Any) -> None:
    """Set, change or remove the value at a path like `actions[0].forward.targetGroups[1].weight`."""
    *way, last = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)]
    for step in way:
        document = document[step] if isinstance(step, int) else document.setdefault(step, {})
    if value is REMOVED:
        del document[last]
    else:
        document[last] = value(document[last]) if callable(value) else value


def paths(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """List every value inside a value, lists and maps included, by path."""
    if path:
        yield path, value
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from paths(part, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from paths(part, f"{path}[{place}]")


def leaves(value: Any) -> list[str]:
    """List the paths of all values that are neither list nor map."""
    return [path for path, part in paths(value) if not isinstance(part, Mapping | list)]
