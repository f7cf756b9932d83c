"""`switchyard promote SERVICE`: all traffic onto the color that is not live, which becomes live."""

from ops.capacity import ALL, Gate, least_hold, need
from ops.change import Change, carry_out, landed, report, undrifted
from ops.console import done
from ops.deployment import Deployment
from ops.parts import traffic_rule
from ops.session import service_of
from ops.traffic import Traffic


def promote(deployment: Deployment, name: str) -> None:
    """Flip; the color that was live is remembered as the one that `rollback` returns to."""
    service = service_of(deployment, name)
    fresh, traffic = service.live.other, Traffic(deployment)
    keys = {
        f"services.{name}.live": str(fresh),
        f"services.{name}.canary.percent": 0 if service.canary else None,
        f"services.{name}.previous": str(service.live),
    }
    deployment.target.file.check({**keys, **least_hold(deployment, name, fresh)})
    undrifted(deployment, name)
    live = traffic.colors(name)[service.live]
    held = Gate(deployment, traffic).pass_or_hold(name, need(service, fresh, ALL, live))
    change = Change(f"promote {name}: {fresh} is live", keys, [traffic_rule(name)], [f"rollback {name}"])
    edit = carry_out(deployment, change)
    landed(deployment, [name])
    done(f"{name}: {fresh} is live and takes all traffic; {service.live} stays as it is, to go back to")
    report(deployment, change, edit.since(held))
