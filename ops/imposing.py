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
class Order:
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


def take(deployment: Deployment, order: Order) -> None:
    """Carry it out: config, a preview that may hold nothing else, AWS, and AWS's own word for it."""
    settings = deployment.target.file.settings()
    parts = [*order.measure.about(settings, order.names), *(networks() if order.allowed else ())]
    change = Change(order.message, {**_keys(deployment, order), **(order.beside or {})}, parts, [order.undo] if order.undo else [])
    edit = carry_out(deployment, change)
    landed(deployment, order.measure, order.names)
    now = deployment.target.file.settings().contingency
    done(f"{order.measure.name}: {order.measure.told(now) if order.measure.value(now) else 'lifted'}")
    report(deployment, change, edit)


def _keys(deployment: Deployment, order: Order) -> dict[str, Any]:
    """The settings to write: a section that would be left without one goes as well, so that lifting a measure leaves no trace of it."""
    contingency = deployment.target.file.settings().contingency
    if not order.value and contingency.model_fields_set <= {order.measure.setting}:
        return {SECTION: None}
    allowed = {f"{SECTION}.allowed_networks": list(order.allowed)} if order.allowed else {}
    return {f"{SECTION}.{order.measure.setting}": order.value or None, **allowed}
