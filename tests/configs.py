"""Stack configs for tests: a committed one with a few leaves changed, or one with many services."""

import copy
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from settings import NAMESPACE, Settings, parse
from settings_errors import SettingsError
from tests.rendering import Rendering, render_all, stack_config

GONE = object()
"""As a change: the leaf is removed."""

Changes = Mapping[str, Any]
"""Path below `switchyard:` (`services.api.live`) to new value."""


def changed(changes: Changes, stack: str = "prod") -> dict[str, Any]:
    """The config of a stack file with some leaves changed; what a path names on its way is made when it is missing."""
    config = copy.deepcopy(stack_config(stack))
    for path, value in changes.items():
        *way, leaf = f"{NAMESPACE}:{path}".split(".")
        place: Any = config
        for part in way:
            place = place.setdefault(part, {})
        if value is GONE:
            del place[leaf]
        else:
            place[leaf] = value
    return config


def values(config: Mapping[str, Any]) -> dict[str, Any]:
    """The sections under `switchyard:`, as `parse` takes them."""
    return {key.removeprefix(f"{NAMESPACE}:"): value for key, value in config.items() if key.startswith(f"{NAMESPACE}:")}


def parsed(changes: Changes, stack: str = "prod") -> Settings:
    """The settings of a changed stack file; raises SettingsError."""
    config = changed(changes, stack)
    return parse(stack, config["aws:region"], values(config))


def refusal(changes: Changes) -> str:
    """What is said of a changed stack file that has one mistake."""
    with pytest.raises(SettingsError) as caught:
        parsed(changes)
    return str(caught.value)


def many(count: int, paths: int = 1) -> dict[str, Any]:
    """So many services, each with so many paths of its own."""
    one = stack_config("prod")["switchyard:services"]["api"]
    return {
        f"s{number}": {**copy.deepcopy(one), "priority": number + 1, "paths": [f"/s{number}/{path}/*" for path in range(paths)]}
        for number in range(count)
    }


def rendered(changes: Changes, *, preview: bool = True) -> Rendering:
    """The production program with some leaves changed and, to be quick, one service: `api`."""
    return _rendered(json.dumps(changes), preview)


@cache
def _rendered(changes: str, preview: bool) -> Rendering:  # noqa: FBT001 -- the cache's key is the arguments
    config = changed(json.loads(changes))
    del config[f"{NAMESPACE}:services"]["web"]
    return render_all("prod", config, preview=preview)
