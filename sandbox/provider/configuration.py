"""The provider's own settings: checked as the official provider does, and turned into an account."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.provider import schema
from sandbox.provider.account import Account
from sandbox.provider.schema import Failure
from sandbox.provider.wire import has_unknown

INTERNAL = frozenset({"version"})
"""Settings that the engine adds for itself, beside those that begin with two underscores."""


def read(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as data: the SDKs send whatever is no text as JSON."""
    own = {name: value for name, value in settings.items() if name not in INTERNAL and not name.startswith("__")}
    return {name: _parsed(value) for name, value in own.items()}


def _parsed(value: Any) -> Any:
    if isinstance(value, str) and (value.startswith(("{", "[")) or value in ("true", "false")):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def failures(package: str, settings: Mapping[str, Any]) -> Iterator[Failure]:
    """Find settings that the provider does not have, and a missing region."""
    data = read(settings)
    yield from schema.load(f"{package}.Provider").failures(data)
    if package == "aws" and not region(data):
        yield "region", "Missing region: set aws:region in the stack config, or AWS_REGION"


def region(data: Mapping[str, Any]) -> str:
    """Return the provider's region, from its settings or the environment."""
    return str(data.get("region") or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "")


def account(package: str, settings: Mapping[str, Any]) -> Account:
    """Return the account that the settings speak of. Raises ProviderError when it is not allowed."""
    if package != "aws":
        return Account(region="")
    data = read(settings)
    default_tags = (data.get("defaultTags") or {}).get("tags") or {}
    made = Account(region(data), default_tags, tuple(map(str, data.get("allowedAccountIds") or ())))
    if not has_unknown(dict(settings)):
        made.verify()
    return made
