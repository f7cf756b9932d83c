"""`switchyard settle SERVICE`: the new release has proven itself, so the groups may shrink to their own minimum again."""

from ops.change import Change, carry_out, report
from ops.console import done
from ops.deployment import Deployment
from ops.errors import EngineError, RefusedError
from ops.landing import floors
from ops.parts import group_floor
from ops.session import service_of
from ops.site import SITE
from settings_types import Color


def settle(deployment: Deployment, name: str) -> None:
    """Remove the holds of both colors, and read the groups' floors back from AWS."""
    if name == SITE:
        done(f"{name}: nothing to settle: its releases hold no capacity")
        return
    service = service_of(deployment, name)
    if service.canary and service.canary.percent:
        told = f"{name}: {service.canary.color} takes {service.canary.percent} %, and live keeps what it needs to take that back."
        raise RefusedError(told, f"End it first: `switchyard promote {name} {deployment.options}`, or rollback.")
    held = [color for color in Color if service.pins(color).capacity.hold]
    if not held:
        done(f"{name}: nothing is held")
        return
    keys = {f"services.{name}.{color}.capacity.hold": None for color in held}
    change = Change(f"settle {name}", keys, [group_floor(name, color) for color in held])
    edit = carry_out(deployment, change)
    found = list(floors(deployment, [name]))
    if found:
        raise EngineError("\n".join(found), "Run the command again.")
    done(f"{name}: {' and '.join(held)} may shrink to capacity.min; a rollback would raise it again first")
    report(deployment, change, edit)
