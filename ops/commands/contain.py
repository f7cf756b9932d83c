"""`switchyard contain SERVICE COLOR`: cut a color's instances off, and keep them as they are."""

from ops.commands.rollback import rollback
from ops.console import commands, out, progress
from ops.deployment import Deployment
from ops.errors import BadInputError, RefusedError
from ops.evidence import SNAPSHOTS, STOP, Evidence, established
from ops.imposing import Order, take
from ops.measures import QUARANTINE
from ops.service_flip import ServiceFlip
from ops.session import service_of
from ops.traffic import Traffic
from settings_types import Color


def contain(deployment: Deployment, service: str, color: str, *, roll_back: bool = False) -> None:
    """Put a color in quarantine, once nothing is sent to it; with `roll_back` its traffic is first taken back."""
    service_of(deployment, service)
    if color not in list(Color):
        raise BadInputError(f"There is no color {color!r}.", "Name blue or green.")
    chosen = Color(color)
    _free_of_traffic(deployment, service, chosen, roll_back=roll_back)
    name, now = f"{service}.{chosen}", deployment.target.file.settings()
    listed = now.contingency.quarantine
    forgotten = {f"services.{service}.previous": None} if now.services[service].previous is chosen else {}
    if forgotten:
        progress(f"{service}: `rollback` would have returned to {chosen}; config forgets that, so that it never leads into quarantine")
    value = listed if name in listed else (*listed, name)
    take(deployment, Order(QUARANTINE, list(value), f"contain {name}", f"lift quarantine {name}", [name], beside=forgotten))
    _tell(deployment, name)


def _free_of_traffic(deployment: Deployment, service: str, color: Color, *, roll_back: bool) -> None:
    """RefusedError while the color takes traffic, by config or by the load balancer; with `roll_back` it is moved away first."""
    config = service_of(deployment, service)
    share = config.weight(color)
    if share:
        back = ServiceFlip(deployment, service).way_back()
        if back is None or back.to == color:
            hint = f"`switchyard promote {service} {deployment.options}` gives the traffic to {color.other}, if its release can be trusted."
            raise RefusedError(f"{service}: {color} takes {share} % of the traffic, and a rollback would not take it away.", hint)
        if not roll_back:
            hint = f"`switchyard contain {service} {color} --rollback {deployment.options}` rolls {service} back first."
            raise RefusedError(f"{service}: {color} takes {share} % of the traffic, which would fail.", hint)
        rollback(deployment, service, every=False, now=False, force=False)
    found = Traffic(deployment).weights(service)[color]
    if found:
        hint = f"`switchyard up {deployment.options} --traffic` puts back what config says."
        raise RefusedError(f"{service}: config gives {color} nothing, and AWS {found} %: it was moved outside config.", hint)


def _tell(deployment: Deployment, name: str) -> None:
    """How what config cannot do is done: established connections are cut, and disks are copied."""
    evidence = Evidence(deployment, name)
    if not evidence.instances:
        progress(f"{name} has no instances")
        return
    commands(SNAPSHOTS, evidence.snapshots())
    out.print(f"\n{established(deployment)}")
    commands("To cut them and keep the memory, deny the instances in the network ACLs around them:", evidence.cuts())
    commands(STOP, evidence.stops())
