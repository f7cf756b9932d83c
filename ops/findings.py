"""What is open on a stack: what somebody should look at, though nothing has to fail for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ops.alarms import AlarmState, page_alarms
from ops.amis import Ami
from ops.deployment import Deployment
from ops.measures import QUARANTINE, imposed
from ops.secrets import empty_entries
from settings_types import Color

EVERY = ""
"""As a service: what concerns all of them."""


@dataclass(frozen=True)
class Finding:
    """One thing that is open."""

    service: str
    """Whom it concerns; EVERY for the stack as a whole."""
    what: str


def findings(deployment: Deployment, amis: Mapping[str, Ami | None]) -> Iterator[Finding]:
    """All that is open, the loudest first; `amis` are the pinned images as AWS describes them."""
    yield from _alarms(deployment)
    yield from _measures(deployment)
    for half in deployment.half_done:
        yield Finding(EVERY, f"half-done: {half}: `switchyard up {deployment.options}` goes on")
    for entry in empty_entries(deployment):
        yield Finding(EVERY, f"the secret {entry.name} has no value yet: `switchyard doctor {deployment.options}` says how to set it")
    yield from _images(deployment, amis)


def _alarms(deployment: Deployment) -> Iterator[Finding]:
    """The page alarms that are not calm, the load balancer's once."""
    told: dict[str, list[str]] = {}
    loud: dict[str, AlarmState] = {}
    for service in deployment.target.file.settings().services:
        alarms = page_alarms(deployment, service)
        if not alarms:
            yield Finding(service, f"no alarm would page for {service}")
        for alarm in alarms:
            if not alarm.calm:
                loud[alarm.name] = alarm
                told.setdefault(alarm.name, []).append(service)
    for name, services in told.items():
        yield Finding(services[0] if len(services) == 1 else EVERY, f"alarm {loud[name]}")


def _measures(deployment: Deployment) -> Iterator[Finding]:
    """The emergency measures that are on, each with what lifts it."""
    now = deployment.target.file.settings().contingency
    for measure in imposed(now):
        names = f" {' '.join(now.quarantine)}" if measure is QUARANTINE else ""
        yield Finding(EVERY, f"{measure.name}: {measure.told(now)}: `switchyard lift {measure.name}{names} {deployment.options}`")


def _images(deployment: Deployment, amis: Mapping[str, Ami | None]) -> Iterator[Finding]:
    """The pinned AMIs that AWS deprecates soon, has deprecated, or has no more."""
    for name, service in deployment.target.file.settings().services.items():
        for color in Color:
            ami = service.pins(color).ami
            known = amis.get(ami)
            if known is None:
                yield Finding(name, f"AMI of {name} {color}: AWS has no {ami}: nothing can be launched from it")
            elif known.warning:
                yield Finding(name, f"AMI of {name} {color} {known.warning}")
