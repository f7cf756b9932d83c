"""`switchyard lift MEASURE [NAMES]`: an emergency measure is over, as one change of config."""

from collections.abc import Sequence
from typing import Any

from ops.console import commands, warn
from ops.deployment import Deployment
from ops.errors import BadInputError, RefusedError
from ops.evidence import Evidence
from ops.imposing import Order, take
from ops.landing import differences
from ops.measures import QUARANTINE, Measure, measure_of


def lift(deployment: Deployment, name: str, names: Sequence[str]) -> None:
    """Clear a measure, or take the named off its list."""
    measure = measure_of(name)
    before = measure.value(deployment.target.file.settings().contingency)
    gone = _gone(deployment, measure, before, names)
    value = [each for each in before if each not in gone] if isinstance(before, tuple) else type(before)()
    if measure is QUARANTINE:
        if not gone:
            hint = f"`switchyard lift quarantine SERVICE.COLOR {deployment.options}` goes on where an update was cut short."
            raise BadInputError("No color is in quarantine.", hint)
        _end_quarantine(deployment, value, gone)
        return
    message = " ".join(["lift", name, *names])
    take(deployment, Order(measure, value, message, _undo(measure, before, gone), gone))


def _gone(deployment: Deployment, measure: Measure, before: Any, names: Sequence[str]) -> list[str]:
    """The names that leave the list, by default all; one that is not on it is a slip, unless AWS has it still: an update was cut short."""
    if not isinstance(before, tuple):
        if names:
            raise BadInputError(f"{measure.name} has no names to choose from, and was given {' '.join(names)}.", "Leave them out.")
        return []
    strange = [name for name in names if name not in before]
    if strange and not differences(deployment, measure, strange):
        known = f"It names {', '.join(before)}." if before else "It names nothing: there is nothing to lift."
        raise RefusedError(f"{', '.join(strange)} is not named in contingency.{measure.setting}.", known)
    return list(dict.fromkeys(names or before))


def _undo(measure: Measure, before: Any, gone: Sequence[str]) -> str:
    """The command that imposes again what was lifted; empty where nothing was."""
    if not before:
        return ""
    values = gone if isinstance(before, tuple) else [str(before)] if not isinstance(before, bool) else []
    return " ".join(["impose", measure.name, *values])


def _end_quarantine(deployment: Deployment, left: Sequence[str], gone: Sequence[str]) -> None:
    """Give the colors their rules back; what somebody closed by hand is told, and what Auto Scaling does with what it kept."""
    undo = f"contain {gone[0].replace('.', ' ')}" if len(gone) == 1 else ""
    take(deployment, Order(QUARANTINE, left, f"end the quarantine of {', '.join(gone)}", undo, gone))
    for name in gone:
        closed = Evidence(deployment, name).closed()
        if closed:
            commands(f"To open what was closed by hand around {name}:", closed)
    warn("Auto Scaling now replaces the instances that it has found unhealthy meanwhile: what is on their disks goes with them")
