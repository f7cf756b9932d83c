"""Checks a property's name against the installed pulumi-aws classes."""

import re
import typing
from collections.abc import Mapping
from typing import Any

import pulumi_aws
import pulumi_random
from pulumi import _types

PACKAGES = {"aws": pulumi_aws, "random": pulumi_random}


def resource_class(token: str) -> Any:
    """Return the class of a type such as `aws:lb/listener:Listener`."""
    return getattr(*_place(token))


def _place(token: str) -> tuple[Any, str]:
    """Return the module of a type, and the name of its class there."""
    package, module, name = token.split(":")
    if module == "providers":
        return PACKAGES[name], "Provider"
    folder = module.partition("/")[0]
    return PACKAGES[package] if folder == "index" else getattr(PACKAGES[package], folder), name


def has_input(token: str, path: str) -> bool:
    """Tell whether a resource of this type takes an input by this name, however deep."""
    module, name = _place(token)
    kind: Any = getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args")  # the short name may be another type's
    for step in re.sub(r"\[\d+\]", "", path).split("."):
        if typing.get_origin(kind) is not None and "Mapping" in str(typing.get_origin(kind)):
            return True
        kind = _input_type_in(kind)
        if kind is None or step not in _types.input_type_types(kind):
            return False
        kind = _types.input_type_types(kind)[step]
    return True


def has_output(token: str, path: str) -> bool:
    """Tell whether a resource of this type answers an output by this name, or one inside it by this path."""
    types: Mapping[str, Any] = _types.resource_types(resource_class(token))
    *inside, last = path.split(".")
    for name in inside:
        kind = types.get(name)
        types = _types.output_type_types(kind) if isinstance(kind, type) and _types.is_output_type(kind) else {}
    return last in types


def _input_type_in(kind: Any) -> Any:
    """Find the nested class inside `Sequence[Union[X, Awaitable[X], Output[X]]]` and the like."""
    if isinstance(kind, type) and _types.is_input_type(kind):
        return kind
    return next((found for found in map(_input_type_in, typing.get_args(kind)) if found is not None), None)
