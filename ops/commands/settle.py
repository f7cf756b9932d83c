"""`switchyard settle SERVICE`: the new release has proven itself, so the groups may shrink to their own minimum again."""

from ops.change import Change, carry_out
from ops.console import done
from ops.deployment import Deployment
from ops.guard import GROUP
from ops.session import service_of
from settings_types import Color


def settle(deployment: Deployment, name: str) -> None:
    """Remove the holds of both colors."""
    service = service_of(deployment, name)
    held = [color for color in Color if service.pins(color).capacity.hold]
    if not held:
        done(f"{name}: nothing is held")
        return
    keys = {f"services.{name}.{color}.capacity.hold": None for color in held}
    groups = [(GROUP, f"{name}-{color}-group") for color in held]
    carry_out(deployment, Change(f"settle {name}", keys, groups))
    done(f"{name}: {' and '.join(held)} may shrink to capacity.min; a rollback would raise it again first")
