"""What a resource type takes and gives, read from the classes of pulumi-aws and pulumi-random themselves."""

import difflib
import functools
import importlib
import inspect
import sys
import threading
import typing
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pulumi import _types

from sandbox.provider.wire import UNKNOWN

Failure = tuple[str, str]
"""Property path and reason of an input that cannot be."""

LOADING = threading.Lock()
"""The SDK loads its modules lazily, which does not bear several threads at once."""


@dataclass(frozen=True)
class Schema:
    """Properties of one resource type by Pulumi name, with the types that the SDK's classes give them."""

    cls: type
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    required: frozenset[str]

    @property
    def token(self) -> str:
        """Pulumi's name of the type, such as `aws:ec2/subnet:Subnet`."""
        return str(self.cls.pulumi_type)  # type: ignore[attr-defined] # every resource class has it, the base class has not

    @property
    def taggable(self) -> bool:
        """Whether the provider's default tags reach it."""
        return "tags" in self.inputs and "tagsAll" in self.outputs

    def failures(self, inputs: Mapping[str, Any]) -> Iterator[Failure]:
        """Find inputs that the type does not have, at any depth, and required ones that are missing."""
        for name in sorted(self.required - {key for key, value in inputs.items() if value is not None}):
            yield name, f"Missing required property '{name}'"
        yield from _misfits({key: value for key, value in inputs.items() if key != "tagsAll"}, self.inputs, self.token, "")


def _misfits(values: Mapping[str, Any], types: Mapping[str, Any], owner: str, at: str) -> Iterator[Failure]:
    for name, value in values.items():
        if name.startswith("__"):
            continue
        if name not in types:
            close = " or ".join(f"'{match}'" for match in difflib.get_close_matches(name, types))
            yield f"{at}{name}", f"{owner} has no property '{name}'" + (f": did you mean {close}?" if close else "")
        elif value is not None and value != UNKNOWN:
            yield from _unfit(value, types[name], f"{at}{name}")


def _unfit(value: Any, kind: Any, at: str) -> Iterator[Failure]:
    """Failures of one value: a list where one thing is due, or the other way round, and what is wrong inside it."""
    kind = plain_type(kind)
    origin, nested = get_origin(kind), members(kind)
    if origin is not None and issubclass(origin, Sequence):
        if not isinstance(value, list):
            yield at, f"expected a list, got {value!r}"
            return
        for index, item in enumerate(value):
            if item != UNKNOWN:
                yield from _unfit(item, get_args(kind)[0], f"{at}[{index}]")
    elif nested or (origin is not None and issubclass(origin, Mapping)):
        if not isinstance(value, dict):
            yield at, f"expected an object, got {value!r}"
        elif nested:
            yield from _misfits(value, nested, kind.__name__.removesuffix("Args"), f"{at}.")
    elif isinstance(value, dict | list) and kind in (str, int, float, bool):
        yield at, f"expected a single value, got {value!r}"


def plain_type(kind: Any) -> Any:
    """Return a type without Pulumi's wrappers: `Input[T]` is a union of T, an awaitable of T and an output."""
    if get_origin(kind) is typing.Union:
        return plain_type(get_args(kind)[0])
    return kind


@functools.cache
def members(kind: Any) -> Mapping[str, Any]:
    """Properties of a nested class by Pulumi name; none when the type is not such a class."""
    kind = plain_type(kind)
    if not inspect.isclass(kind):
        return {}
    if _types.is_input_type(kind):
        return _types.input_type_types(kind)
    return _types.output_type_types(kind) if _types.is_output_type(kind) else {}


@functools.cache
def computed(owner: type) -> frozenset[str]:
    """Properties of a resource class that always have a value, whoever set it: AWS chooses when the program does not."""
    names = _types.resource_pulumi_to_py_names(owner)
    return frozenset(pulumi for pulumi, python in names.items() if "Optional[" not in _hint(owner, python))


def _hint(owner: type, python: str) -> str:
    getter = getattr(owner, python, None)
    told = getter.fget.__annotations__ if isinstance(getter, property) and getter.fget else {}
    return str(told.get("return", "Optional["))


@functools.cache
def load(name: str) -> Schema:
    """Return the schema of a class by its Python name: `aws.ec2.Subnet`, `random.RandomPassword`."""
    package, *path, class_name = name.split(".")
    with LOADING, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the SDK warns of classes that stand beside the one that is asked for
        cls = getattr(importlib.import_module(".".join([f"pulumi_{package}", *path])), class_name)
    home = sys.modules[cls.__module__]
    args = getattr(home, home.__all__[0])
    required = {
        name
        for name, parameter in inspect.signature(args.__init__).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and parameter.default is inspect.Parameter.empty
    }
    python = _types.input_type_py_to_pulumi_names(args)
    return Schema(cls, _types.input_type_types(args), _types.resource_types(cls), frozenset(python[name] for name in required))


def token(name: str) -> str:
    """Pulumi's token of a class, without importing it: plugins start several times per command."""
    package, *path, class_name = name.split(".")
    return f"{package}:{'/'.join(path) or 'index'}/{class_name[0].lower()}{class_name[1:]}:{class_name}"
