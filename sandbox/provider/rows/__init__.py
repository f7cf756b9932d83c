"""The table: one file an AWS service, each with its `ROWS`."""

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.provider import schema
from sandbox.provider.errors import ProviderError
from sandbox.provider.row import Row


@dataclass(frozen=True)
class Counts:
    """How much of a plugin is emulated."""

    emulated: int
    recorded: int


@functools.cache
def of(package: str) -> Mapping[str, Row]:
    """Return the rows of a plugin (aws or random) by Pulumi's type token."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    rows = [row for module in modules for row in module.ROWS if row.package == package]
    return {schema.token(row.type): row for row in rows}


def find(token: str) -> Row:
    """Return the row of a type. Raises ProviderError for a type that the table lacks."""
    package = token.split(":", maxsplit=1)[0]
    if token not in of(package):
        raise ProviderError(f"the sandbox does not know {token}: it needs a row in sandbox/provider/rows/ (row.py says how)")
    return of(package)[token]


def counts(package: str) -> Counts:
    """Return how many rows of a plugin the emulator holds, and how many live in the engine's state only."""
    recorded = sum(bool(row.recorded) for row in of(package).values())
    return Counts(emulated=len(of(package)) - recorded, recorded=recorded)
