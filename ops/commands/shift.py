"""`switchyard shift SERVICE PERCENT`: a share of the traffic onto the color that is not live."""

from ops.capacity import Gate, need
from ops.change import Change, carry_out, landed, report, undrifted
from ops.console import done
from ops.deployment import Deployment
from ops.guard import traffic_rule
from ops.session import service_of
from ops.traffic import Traffic


def shift(deployment: Deployment, name: str, percent: int) -> None:
    """Set the canary; a share that grows passes the capacity gate first."""
    service = service_of(deployment, name)
    canary, traffic = service.live.other, Traffic(deployment)
    before = service.weight(canary)
    keys = {f"services.{name}.canary.color": str(canary), f"services.{name}.canary.percent": percent}
    deployment.target.file.check(keys)
    undrifted(deployment, name)
    held = None
    if percent > before:
        live = traffic.colors(name)[service.live]
        held = Gate(deployment, traffic).pass_or_hold(name, need(service, canary, percent, live))
    undo = f"shift {name} {before}" if before else f"rollback {name}"
    change = Change(f"shift {name}: {percent} % to {canary}", keys, [traffic_rule(name)], [undo])
    edit = carry_out(deployment, change)
    landed(deployment, [name])
    done(f"{name}: {service.live} takes {100 - percent} %, {canary} {percent} %")
    report(deployment, change, edit.since(held))
