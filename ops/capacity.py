"""The capacity gate: traffic moves only onto as many healthy targets of the pinned release as it needs."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ops.change import Change, carry_out
from ops.console import Activity, progress
from ops.deployment import Deployment
from ops.errors import EngineError
from ops.parts import group_floor
from ops.stack_file import Edit
from ops.traffic import ColorState, Traffic
from settings_service import Service
from settings_types import Color

POLL_SECONDS = 5
WAIT_SECONDS = 1200
"""Boot, image pull, grace and health checks of a fresh fleet fit in twenty minutes; after that something is wrong."""

HOT_CPU_PERCENT = 80
"""How busy a fleet may be for the minutes until scaling catches up: what a way back is weighed with, for waiting hurts too."""

NEXT_WHEN_LATE = "Look at the color's log group and its scaling activities; the hold stays until `switchyard settle`."


ALL = 100
"""Percent."""


@dataclass(frozen=True)
class Need:
    """How many healthy targets a color needs before it takes a share."""

    color: Color
    targets: int
    capped: bool
    """Whether the color's `max` is below what the load asks for."""


def need(service: Service, receiving: Color, share: int, live: ColorState) -> Need:
    """The receiving color's need: the live color's load per percent, times the new share, at most the color's `max`.

    `share` is in percent; `live` is the state of the color that is live now.
    """
    asked = math.ceil(share * live.in_service / live.weight) if live.weight else 0
    ceiling = service.pins(receiving).capacity.max
    return Need(receiving, min(max(asked, 1 if share else 0), ceiling), asked > ceiling)


def need_to_return(service: Service, share: int, states: Mapping[Color, ColorState]) -> Need:
    """The live color's need for the traffic that a canary gives back, `share` percent afterwards, at most its `max`.

    Either fleet says what a percent of the load takes, at its target of CPU use and if it has not more instances than it needs.
    """
    capacity = service.pins(service.live).capacity
    per_percent = [state.in_service / state.weight for state in states.values() if state.weight]
    asked = math.ceil(min(per_percent, default=0) * share * capacity.cpu_percent / max(HOT_CPU_PERCENT, capacity.cpu_percent))
    return Need(service.live, min(max(asked, 1), capacity.max), asked > capacity.max)


def least_hold(deployment: Deployment, service: str, color: Color) -> dict[str, int]:
    """What the gate will put into config under a color of which nothing is kept yet, so that a check beforehand counts on it."""
    settings = deployment.target.file.settings()
    capacity = settings.services[service].pins(color).capacity
    nothing_kept = capacity.max > 0 and capacity.floor(settings.contingency.scale_floor) == 0
    return {f"services.{service}.{color}.capacity.hold": 1} if nothing_kept else {}


class Gate:
    """Sees that the receiving color can carry its share, raising both colors' holds first where it cannot yet."""

    def __init__(self, deployment: Deployment, traffic: Traffic, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._deployment = deployment
        self._traffic = traffic
        self._clock = clock

    def has(self, service: str, wanted: Need) -> bool:
        """Whether the color has its healthy targets already, on the pinned release, and keeps at least one."""
        return self._have(service, wanted.color) >= wanted.targets and self._floor(service, wanted.color) > 0

    def _floor(self, service: str, color: Color) -> int:
        settings = self._deployment.target.file.settings()
        return settings.services[service].pins(color).capacity.floor(settings.contingency.scale_floor)

    def _have(self, service: str, color: Color) -> int:
        return self._traffic.colors(service)[color].on_release

    def pass_or_hold(self, service: str, wanted: Need, *, alone: bool = False) -> Edit | None:
        """Return at once when there is capacity; else hold it in an update of its own, wait, and return the edit that holds it.

        `alone`: the way back, where the preview of the hold looks at the two groups only.
        """
        color, targets = wanted.color, wanted.targets
        if wanted.capped:
            progress(f"{service}: the load asks for more than {color}'s capacity.max; it moves onto {targets}")
        if self.has(service, wanted):
            return None
        have = self._have(service, color)
        progress(f"{service}: {color} has {have} healthy targets on its release and needs {targets}: holding both colors there")
        edit = self._hold(service, wanted, alone=alone)
        self._wait(service, wanted)
        return edit

    def _hold(self, service: str, wanted: Need, *, alone: bool) -> Edit:
        """Raise the floor under both colors, in config and in AWS, and touch nothing else.

        Neither shrinks while traffic is away from it, so that it can take it back.
        """
        config, states = self._deployment.target.file.settings().services[service], self._traffic.colors(service)
        floors = {color: min(max(wanted.targets, states[color].in_service), config.pins(color).capacity.max) for color in Color}
        held = {color: max(floor, config.pins(color).capacity.hold) for color, floor in floors.items()}
        keys = {f"services.{service}.{color}.capacity.hold": hold for color, hold in held.items()}
        groups = [group_floor(service, color) for color in Color]
        return carry_out(self._deployment, Change(f"hold {service} at {wanted.targets}", keys, groups), alone=alone)

    def _wait(self, service: str, wanted: Need) -> None:
        started = self._clock()
        with Activity(f"{service}: waiting for {wanted.color}") as doing:
            while (have := self._have(service, wanted.color)) < wanted.targets:
                if self._clock() - started > WAIT_SECONDS:
                    raise EngineError(_late(service, wanted, have), NEXT_WHEN_LATE)
                doing.tell(f"{have} of {wanted.targets} healthy on the release")
                time.sleep(POLL_SECONDS)
            progress(f"{service}: {wanted.color} has {have} healthy targets on its release after {doing.seconds:.0f} s")


def _late(service: str, wanted: Need, have: int) -> str:
    minutes = WAIT_SECONDS // 60
    return f"{service}: {wanted.color} has {have} of {wanted.targets} healthy targets after {minutes} minutes; no traffic has moved."
