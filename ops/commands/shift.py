"""`switchyard shift SERVICE PERCENT`: a share of the traffic onto the color that is not live."""

from ops.capacity import ALL, Gate, least_hold, need, need_to_return
from ops.change import Change, carry_out, landed, report, undrifted
from ops.console import done
from ops.deployment import Deployment
from ops.parts import traffic_rule
from ops.session import service_of
from ops.traffic import Traffic
from ops.watch import calm_before, watch


def shift(deployment: Deployment, name: str, percent: int, watch_minutes: int = 0) -> None:
    """Set the canary; the color whose share grows passes the capacity gate first. A canary that is watched goes back by itself."""
    service = service_of(deployment, name)
    canary, traffic = service.live.other, Traffic(deployment)
    before = service.weight(canary)
    keys = {f"services.{name}.canary.color": str(canary), f"services.{name}.canary.percent": percent}
    deployment.target.file.check({**keys, **(least_hold(deployment, name, canary) if percent else {})})
    undrifted(deployment, name)
    states = traffic.colors(name)
    grows = need(service, canary, percent, states[service.live])
    wanted = grows if percent > before else need_to_return(service, ALL - percent, states)
    if watch_minutes:
        calm_before(deployment, name)
    held = Gate(deployment, traffic).pass_or_hold(name, wanted) if percent != before else None
    undo = f"shift {name} {before}" if before else f"rollback {name}"
    change = Change(f"shift {name}: {percent} % to {canary}", keys, [traffic_rule(name)], [undo])
    edit = carry_out(deployment, change)
    landed(deployment, [name])
    done(f"{name}: {service.live} takes {ALL - percent} %, {canary} {percent} %")
    report(deployment, change, edit.since(held))
    if watch_minutes:
        watch(deployment, name, watch_minutes)
