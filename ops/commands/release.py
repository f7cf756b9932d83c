"""`switchyard release SERVICE --image --ami`: new pins for the idle color, and its instances replaced; no traffic moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ops.change import Change, carry_out, report, undrifted
from ops.console import done, warn
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from ops.parts import pins
from ops.preview_request import Verdict, ask
from ops.registry import must_exist
from ops.rollout import Rollout
from ops.service_flip import ServiceFlip
from ops.session import service_of
from settings_service import Service
from settings_types import Color


@dataclass(frozen=True)
class Release:
    """What is to run; what is empty stays as it is pinned."""

    image: str = ""
    ami: str = ""
    boot: int = 0
    irreversible: bool = False
    """Whether it migrates data one way."""

    def keys(self, name: str, service: Service) -> dict[str, Any]:
        """The config that pins it to the idle color, which `rollback` can then no longer return to."""
        idle = service.live.other
        color = f"services.{name}.{idle}"
        given = {f"{color}.{pin}": getattr(self, pin) for pin in ("image", "ami", "boot") if getattr(self, pin)}
        forgotten = {f"services.{name}.previous": None} if service.previous is idle else {}
        return {**forgotten, **given, f"{color}.irreversible": True if self.irreversible else None}


def release(deployment: Deployment, name: str, fresh: Release, via: str = "") -> None:
    """Pin, replace the idle color's instances launch-before-terminate, and return when all of them run it; refuses a color with traffic."""
    service = service_of(deployment, name)
    idle = _idle(deployment, name, service, fresh)
    keys = fresh.keys(name, service)
    deployment.target.file.check(keys)
    undrifted(deployment, ServiceFlip(deployment, name))
    if fresh.image:
        must_exist(deployment.target, fresh.image)
    if service.previous is idle:
        warn(f"{name}: `rollback` returned to {idle} until now; its release is replaced, so that there is nothing to return to")
    rollout = Rollout(deployment, name, idle)
    change = Change(f"release {name}: {_told(fresh)} to {idle}", keys, pins(name, idle), [_undo(name, service, idle)])
    edit = carry_out(deployment, change)
    fleet = rollout.wait()
    done(f"{name}: {fleet.done} of {fleet.done} instances of {idle} run the release; {service.live} takes all traffic as before")
    _answers(deployment, name, via)
    report(deployment, change, edit)


def _idle(deployment: Deployment, name: str, service: Service, fresh: Release) -> Color:
    """The color that takes no traffic; refuses when there is none, or nothing to release."""
    if not (fresh.image or fresh.ami or fresh.boot):
        raise BadInputError(
            "A release needs an image, an AMI or a boot template.", f"`switchyard release {name} --image … {deployment.options}`"
        )
    idle = service.live.other
    if service.weight(idle):
        told = f"{name}: {idle} takes {service.weight(idle)} % as canary, and running releases are immutable."
        raise RefusedError(told, f"End the canary first: `switchyard rollback {name} {deployment.options}`.")
    if deployment.target.file.settings().contingency.quarantines(name, idle):
        told = f"{name}: {idle} is in quarantine: its instances stay as they are, and no new one could boot."
        raise RefusedError(told, f"`switchyard lift quarantine {name}.{idle} {deployment.options}` ends it.")
    return idle


def _told(fresh: Release) -> str:
    parts: Mapping[str, str] = {
        "image": fresh.image.partition("@sha256:")[2][:12],
        "ami": fresh.ami,
        "boot template": str(fresh.boot or ""),
    }
    return ", ".join(f"{pin} {value}" for pin, value in parts.items() if value)


def _undo(name: str, service: Service, idle: Color) -> str:
    """The release that was pinned before."""
    before = service.pins(idle)
    irreversible = " --irreversible" if before.irreversible else ""
    return f"release {name} --image {before.image} --ami {before.ami} --boot {before.boot}{irreversible}"


def _answers(deployment: Deployment, name: str, via: str) -> None:
    """One request to each color through its preview rule; EngineError when another release answers, a warning when nobody can say."""
    for color in Color:
        answer = ask(deployment, name, color, via)
        if answer.verdict is Verdict.OTHER:
            hint = f"`switchyard verify {deployment.options}` shows what each instance runs."
            raise EngineError(f"{name}: a request to {color} was answered by {answer}.", hint, changed=True)
        if answer.verdict is Verdict.UNDECIDED:
            warn(f"{name}: no request to {color} was tried with success: {answer}")
        else:
            done(f"{name}: a request to {color} through the load balancer: {answer}")
