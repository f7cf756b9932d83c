"""A service as something that flips: between its colors, by the weights of its rule, onto as many targets as the load takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ops.calm import calm_before
from ops.capacity import ALL, Gate, least_hold, need, need_to_return
from ops.console import progress
from ops.deployment import Deployment
from ops.flip import Admission, Barrier, Move, Return
from ops.parts import Part, group_floor, traffic_rule
from ops.session import service_of
from ops.stack_file import Edit
from ops.traffic import Traffic
from settings_service import Service
from settings_types import Color


@dataclass(frozen=True)
class ServiceFlip:
    """One service; a name that config does not have is a BadInputError at the first look."""

    deployment: Deployment
    name: str
    no_way = "no canary runs, and no color was live before, or a release has begun on it since."
    """What config cannot tell apart: it forgets the color before the pins of a release go in."""

    @property
    def part(self) -> Part:
        """The rule's weights."""
        return traffic_rule(self.name)

    @property
    def _config(self) -> Service:
        """Read anew each time, since commands edit it."""
        return service_of(self.deployment, self.name)

    @property
    def _key(self) -> str:
        return f"services.{self.name}"

    def wanted(self) -> Mapping[str, str]:
        """Each color's share."""
        return {color: f"{self._config.weight(color)} %" for color in Color}

    def found(self) -> Mapping[str, str]:
        """Each color's share by the load balancer's rule."""
        return {color: f"{weight} %" for color, weight in Traffic(self.deployment).weights(self.name).items()}

    def remembered(self) -> Sequence[str]:
        """All of the service's paths: one answer looks like the other, whichever color gave it."""
        return self._config.paths

    def gaps(self) -> Iterator[str]:
        """Colors that take traffic and have nobody to answer it."""
        for color, state in Traffic(self.deployment).colors(self.name).items():
            if state.weight and not state.healthy:
                yield f"{color} takes {state.weight} % and has no healthy target"

    def shifted(self, percent: int, *, watched: bool) -> Move:
        """A share on the color that is not live; the color whose share grows passes the capacity gate first."""
        service, canary = self._config, self._config.live.other
        before = service.weight(canary)

        def admit() -> Edit | None:
            traffic = Traffic(self.deployment)
            states = traffic.colors(self.name)
            grows = need(service, canary, percent, states[service.live])
            wanted = grows if percent > before else need_to_return(service, ALL - percent, states)
            if watched:
                calm_before(self.deployment, self.name)
            return Gate(self.deployment, traffic).pass_or_hold(self.name, wanted) if percent != before else None

        return Move(
            message=f"shift {self.name}: {percent} % to {canary}",
            keys={f"{self._key}.canary.color": str(canary), f"{self._key}.canary.percent": percent},
            undo=f"shift {self.name} {before}" if before else f"rollback {self.name}",
            told=f"{service.live} takes {ALL - percent} %, {canary} {percent} %",
            admit=admit,
            beside=least_hold(self.deployment, self.name, canary) if percent else {},
        )

    def promoted(self) -> Move:
        """All traffic on the color that is not live; the one that was is remembered as what `rollback` returns to."""
        service, fresh = self._config, self._config.live.other

        def admit() -> Edit | None:
            traffic = Traffic(self.deployment)
            live = traffic.colors(self.name)[service.live]
            return Gate(self.deployment, traffic).pass_or_hold(self.name, need(service, fresh, ALL, live))

        return Move(
            message=f"promote {self.name}: {fresh} is live",
            keys={
                f"{self._key}.live": str(fresh),
                f"{self._key}.canary.percent": 0 if service.canary else None,
                f"{self._key}.previous": str(service.live),
            },
            undo=f"rollback {self.name}",
            told=f"{fresh} is live and takes all traffic; {service.live} stays as it is, to go back to",
            admit=admit,
            beside=least_hold(self.deployment, self.name, fresh),
        )

    def way_back(self) -> Return | None:
        """The end of the canary, an irreversible one too: live runs beside its migration already. Else the color before."""
        service = self._config
        if service.canary and service.canary.percent:
            ended = {f"{self._key}.canary.percent": 0, f"{self._key}.previous": None}
            return Return(self.name, service.live, ended, [f"shift {self.name} {service.canary.percent}"])
        if service.previous:
            keys = {f"{self._key}.live": str(service.previous), f"{self._key}.previous": None}
            barrier = self._migrated(service) if service.pins(service.live).irreversible else None
            return Return(self.name, service.previous, keys, [f"promote {self.name}"], barrier)
        return None

    def again(self) -> Return:
        """The weights of config."""
        return Return(self.name, self._config.live, {}, [])

    def _migrated(self, service: Service) -> Barrier:
        return Barrier(
            told=f"{self.name}: {service.live}'s release migrated data one way, and {service.live.other} runs an older one.",
            fix="Release a fix to the idle color and promote it; or --force, if the older release reads the new data.",
            forced="going back over a one-way migration, since --force says so",
        )

    def wait_before(self, back: Return) -> Admission | None:
        """The color's capacity, where it has shrunk since."""
        traffic, service, color = Traffic(self.deployment), self._config, Color(back.to)
        states, gate = traffic.colors(self.name), Gate(self.deployment, traffic)
        flip = need(service, color, ALL, states[service.live])
        wanted = need_to_return(service, ALL, states) if color is service.live else flip
        if gate.has(self.name, wanted):
            return None

        def restore() -> Edit | None:
            progress(f"{self.name}: {color} has shrunk since; raising it first takes a few minutes (--now flips at once)")
            return Gate(self.deployment, Traffic(self.deployment)).pass_or_hold(self.name, wanted, alone=True)

        return restore

    def kept(self, back: Return) -> tuple[Mapping[str, Any], Sequence[Part]]:
        """A floor under a color of which nothing is kept."""
        color = Color(back.to)
        keys = least_hold(self.deployment, self.name, color)
        return keys, [group_floor(self.name, color)] if keys else []
