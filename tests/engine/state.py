"""The engine's state of the staging stack, read and written by hand, for what no command leaves behind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.engine.conftest import Switchyard


def latest(switchyard: Switchyard) -> dict[str, Any]:
    """The state."""
    found: dict[str, Any] = json.loads(switchyard.state.read_text(encoding="utf-8"))["checkpoint"]["latest"]
    return found


@contextmanager
def edited(switchyard: Switchyard) -> Iterator[dict[str, Any]]:
    """The state, to be changed."""
    document = json.loads(switchyard.state.read_text(encoding="utf-8"))
    yield document["checkpoint"]["latest"]
    switchyard.state.write_text(json.dumps(document), encoding="utf-8")


def begun(resource: dict[str, Any]) -> dict[str, Any]:
    """The operation that is noted before a resource is made."""
    return {"resource": {key: value for key, value in resource.items() if key not in {"id", "outputs"}}, "type": "creating"}
