"""One emergency measure set to a value by one change of config, seen in AWS, and told with its way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ops.change import Change, carry_out, report
from ops.console import done
from ops.deployment import Deployment
from ops.landing import landed
from ops.measures import Measure, networks

SECTION = "contingency"


@dataclass(frozen=True)
class Step:
    """A measure on its way to another value."""

    measure: Measure
    value: Any
    """The value to come; one that is false in itself takes the setting out of the file."""
    message: str
    """What the update and the commit are called."""
    undo: str
    """The command that undoes it, without the options of the target."""
    names: Sequence[str] = ()
    """What is added to a list, or taken off it."""
    allowed: Sequence[str] = ()
    """The networks that may pass from now on; empty: as before."""
    beside: Mapping[str, Any] | None = None
    """Keys beside the measure's own that change with it."""


def take(deployment: Deployment, step: Step) -> None:
    """Carry it out: config, a preview that may hold nothing else, AWS, and AWS's own word for it."""
    settings = deployment.target.file.settings()
    parts = [*step.measure.about(settings, step.names), *(networks() if step.allowed else ())]
    change = Change(step.message, {**_keys(deployment, step), **(step.beside or {})}, parts, [step.undo] if step.undo else [])
    edit = carry_out(deployment, change)
    landed(deployment, step.measure, step.names)
    now = deployment.target.file.settings().contingency
    done(f"{step.measure.name}: {step.measure.told(now) if step.measure.value(now) else 'lifted'}")
    report(deployment, change, edit)


def _keys(deployment: Deployment, step: Step) -> dict[str, Any]:
    """The settings to write: a section that would be left without one goes as well, so that lifting a measure leaves no trace of it."""
    contingency = deployment.target.file.settings().contingency
    if not step.value and contingency.model_fields_set <= {step.measure.setting}:
        return {SECTION: None}
    allowed = {f"{SECTION}.allowed_networks": list(step.allowed)} if step.allowed else {}
    return {f"{SECTION}.{step.measure.setting}": step.value or None, **allowed}
