"""Reads what a resource type takes and gives from the classes of pulumi-aws and pulumi-random, as plain data.

Importing the classes takes seconds of a plugin's time, and a plugin is started twice by each command: see schema.py for how rarely this is.
"""

import functools
import importlib
import inspect
import sys
import typing
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pulumi import _types

from sandbox.provider.kinds import SCALARS


@dataclass(frozen=True)
class Described:
    """Properties of a resource type by Pulumi name, each with its kind."""

    token: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    required: Sequence[str]
    computed: Sequence[str]
    """Those that always have a value, whoever set it: AWS chooses when the program does not."""
    classes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Properties of the objects, by the name of their class."""


def describe(name: str) -> Described:
    """Describe a class by its Python name: `aws.ec2.Subnet`, `random.RandomPassword`."""
    package, *path, class_name = name.split(".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the SDK warns of classes that stand beside the one that is asked for
        cls = getattr(importlib.import_module(".".join([f"pulumi_{package}", *path])), class_name)
    home = sys.modules[cls.__module__]
    args = getattr(home, home.__all__[0])
    python = _types.input_type_py_to_pulumi_names(args)
    classes: dict[str, Mapping[str, str]] = {}
    inputs, outputs = (_kinds(types, classes) for types in (_types.input_type_types(args), _types.resource_types(cls)))
    required = sorted(python[each] for each in _required(args))
    return Described(str(cls.pulumi_type), inputs, outputs, required, sorted(_computed(cls)), classes)


def _required(args: type) -> list[str]:
    parameters = inspect.signature(args).parameters
    return [name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY and each.default is each.empty]


def _computed(cls: type) -> list[str]:
    names = _types.resource_pulumi_to_py_names(cls)
    return [pulumi for pulumi, python in names.items() if "Optional[" not in _hint(cls, python)]


def _hint(owner: type, python: str) -> str:
    getter = getattr(owner, python, None)
    told = getter.fget.__annotations__ if isinstance(getter, property) and getter.fget else {}
    return str(told.get("return", "Optional["))


def _kinds(types: Mapping[str, Any], classes: dict[str, Mapping[str, str]]) -> Mapping[str, str]:
    return {name: _kind(kind, classes) for name, kind in types.items()}


def _kind(kind: Any, classes: dict[str, Mapping[str, str]]) -> str:
    """Return a kind as text, and enter the classes that it is made of."""
    kind = _plain(kind)
    origin, members = get_origin(kind), _members(kind)
    if members:
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name not in classes:
            classes[name] = {}  # entered before it is known: a class may hold things of its own kind
            classes[name] = _kinds(members, classes)
        return f"object {name}"
    if origin is not None and issubclass(origin, Sequence):
        return f"list {_kind(get_args(kind)[0], classes)}"
    if origin is not None and issubclass(origin, Mapping):
        return f"map {_kind(get_args(kind)[1], classes)}"
    return kind.__name__ if kind in SCALARS.values() else "any"


def _plain(kind: Any) -> Any:
    """Return a type without Pulumi's wrappers: `Input[T]` is a union of T, an awaitable of T and an output."""
    return _plain(get_args(kind)[0]) if get_origin(kind) is typing.Union else kind


@functools.cache
def _members(kind: Any) -> Mapping[str, Any]:
    """Properties of a nested class by Pulumi name; none when the type is not such a class."""
    if not inspect.isclass(kind):
        return {}
    if _types.is_input_type(kind):
        return _types.input_type_types(kind)
    return _types.output_type_types(kind) if _types.is_output_type(kind) else {}
