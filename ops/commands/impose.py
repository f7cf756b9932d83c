"""`switchyard impose MEASURE [VALUES] [--allow NETWORK]`: an emergency measure, as one change of config."""

from collections.abc import Sequence
from typing import Any

from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.imposing import Order, take
from ops.measures import QUARANTINE, Measure, measure_of


def impose(deployment: Deployment, name: str, values: Sequence[str], allow: Sequence[str]) -> None:
    """Set a measure; a list gains the named, and `allow` adds networks that may pass while a measure shuts others out."""
    measure, now = measure_of(name), deployment.target.file.settings().contingency
    if measure is QUARANTINE:
        hint = f"`switchyard contain SERVICE COLOR {deployment.options}`"
        raise BadInputError("A color is put in quarantine by a command of its own, which looks at its traffic first.", hint)
    if allow and not measure.lets_pass:
        raise BadInputError(f"{name} shuts nobody out, so that nobody needs --allow.", "Leave --allow out.")
    before = measure.value(now)
    value, fresh = _value(measure, before, values)
    allowed = [*now.allowed_networks, *(network for network in dict.fromkeys(allow) if network not in now.allowed_networks)]
    message = " ".join(["impose", name, *values, *(f"--allow {network}" for network in allow)])
    take(deployment, Order(measure, value, message, _undo(measure, before, value, fresh), allowed=allowed if allow else ()))


def _value(measure: Measure, before: Any, values: Sequence[str]) -> tuple[Any, list[str]]:
    """The measure's value with what was named, and the names that are new to it; BadInputError on what the measure cannot take."""
    if isinstance(before, bool):
        if values:
            raise BadInputError(f"{measure.name} takes no value, and was given {' '.join(values)}.", "Leave it out.")
        return True, []
    if isinstance(before, int):
        if len(values) != 1 or not values[0].isdecimal() or not int(values[0]):
            found = " ".join(values) or "nothing"
            told = f"{measure.name} takes one whole number above 0, and was given {found}."
            raise BadInputError(told, f"For example `switchyard impose {measure.name} 6`.")
        return int(values[0]), []
    if not values:
        raise BadInputError(f"{measure.name} takes the names of what to switch off, and was given none.", "Name one or more.")
    fresh = [value for value in dict.fromkeys(values) if value not in before]
    return [*before, *fresh], fresh


def _undo(measure: Measure, before: Any, value: Any, fresh: Sequence[str]) -> str:
    """The command that brings back what was before; empty where nothing has changed."""
    if isinstance(before, tuple):
        return " ".join(["lift", measure.name, *fresh]) if fresh else ""
    if value == before:
        return ""
    return f"impose {measure.name} {before}" if before else f"lift {measure.name}"
