"""One service in stack config: how requests find it, and the pins of its two colors."""

from typing import Annotated

from pydantic import Field

import settings_types as types
from components import boot
from settings_limits import counting, matching, other_than, unique, within
from settings_types import Color, Dependency, Section


class Start(Section):
    """A time at which a color is brought to a size, ahead of the load; target tracking goes on from there."""

    cron: Annotated[
        str, matching(r"[\d*,/-]+( [\d*,/-]+){2}( [\dA-Za-z*,/-]+){2}", "must be a cron expression of five fields, for example 0 7 * * 1-5")
    ]
    """When: minute, hour, day, month, weekday."""
    desired: Annotated[int, within(0, 1000, "instances")]
    """The size; from `capacity.min` to `capacity.max`."""
    time_zone: Annotated[str, matching(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", "must be an IANA time zone, for example Europe/Dublin")] = (
        "Etc/UTC"
    )
    """Whose clock `cron` follows."""


class Capacity(Section):
    """How many instances a color has. It belongs to the color and never depends on which one is live."""

    min: Annotated[int, within(0, 1000, "instances")]
    """The floor that always holds."""
    max: Annotated[int, within(0, 1000, "instances")]
    """The ceiling; 0 turns the color off."""
    hold: Annotated[int, within(0, 1000, "instances")] = 0
    """A floor that the commands keep under a color while traffic moves; `switchyard settle` removes it."""
    warm: Annotated[int, within(0, 1000, "instances")] = 0
    """Stopped instances kept ready beside the group."""
    restore_minutes: Annotated[int, within(1, 240, "minutes")] | None = None
    """For a color that may be empty (`min` 0): how long it takes until it could serve all traffic again. It declares the color cold."""
    cpu_percent: Annotated[int, within(10, 90, "percent")] = 50
    """Target tracking keeps the color's average CPU use here."""
    requests_per_target: Annotated[int, within(1, 1_000_000, "requests a minute")] = 1000
    """Target tracking keeps each instance's requests a minute here."""
    schedule: Annotated[tuple[Start, ...], counting(0, 10, "starts")] = ()
    """Times at which the color is brought to a size ahead of the load."""

    def floor(self, scale_floor: int) -> int:
        """The group's minimum size: the largest of `min`, `hold` and the emergency floor, at most `max`."""
        return min(max(self.min, self.hold, scale_floor), self.max)


class Pins(Section):
    """The pins of a color: with what never changes, all that enters its instances."""

    image: types.Image
    """The release: the service's image in ECR, by digest."""
    ami: types.Ami
    """The operating system: an Amazon Linux 2023 image of the instance types' architecture."""
    instance_types: Annotated[tuple[types.InstanceType, ...], counting(1, 20, "instance types"), unique("instance type")]
    """In order of preference; all of one processor architecture, the AMI's."""
    boot: int
    """The version of the boot template, a folder of components/boot/."""
    port: Annotated[int, within(1024, 65535, "(ports below 1024 need root)"), other_than(boot.TLS_PORT, "where the instance ends TLS")]
    """Where the container listens, on loopback."""
    env: dict[types.EnvName, types.EnvValue] = Field(default_factory=dict)
    """Plain settings of the service, as environment variables. Never a secret."""
    secrets: Annotated[tuple[types.SecretName, ...], counting(0, 40, "secrets (a role's policy holds no more)"), unique("secret")] = ()
    """Names only: the values live in Secrets Manager and are set there. What `shared_secrets` lists is read there, any other is its own."""
    capacity: Capacity
    """How many instances."""
    irreversible: bool = False
    """This release migrated data one way: `rollback` will not return to the color before it."""


class Canary(Section):
    """The share of a service's traffic that the color which is not live takes."""

    color: Color
    """The color that takes the share; not the live one."""
    percent: Annotated[int, within(0, 99, "percent (`switchyard promote` moves all of it)")] = 0
    """The share; 0 ends the canary."""


class Service(Section):
    """One service of the application, in two colors."""

    paths: Annotated[
        tuple[types.PathPattern, ...], counting(1, 4, "paths (AWS gives a rule five values, and previews take one)"), unique("path")
    ]
    """The requests that are this service's, as patterns of the load balancer: `*` is any run of characters, `?` any one."""
    priority: Annotated[int, within(1, 16_666, "(its rules take 3p-2 to 3p of AWS's 50,000)")]
    """The order among services: its listener rules take 3p-2, 3p-1 (previews) and 3p (traffic). Two services that swap theirs go by a free
    number, in two updates: AWS moves one rule at a time."""
    health_path: types.HealthPath
    """Both colors' releases must answer it with 200."""
    stickiness_seconds: Annotated[int, within(0, 3600, "seconds")] = 0
    """How long a client stays with its color, at most `load_balancer.drain_seconds`; 0: not at all."""
    uses: Annotated[tuple[Dependency, ...], unique("dependency")] = ()
    """What its instances may reach in the data tier, and whose endpoints they are told."""
    came_up_as: types.ServiceName | None = None
    """The name under which a renamed service came up, and which its resources keep: what enters its instances never changes."""
    retiring: bool = False
    """Lifts the protection of its logs and secrets, so that the next change may remove the section."""
    live: Color
    """The color that takes the traffic: rolling back is this word."""
    canary: Canary | None = None
    """A share of the traffic for the other color."""
    previous: Color | None = None
    """What `rollback` returns to; written by `promote`."""
    blue: Pins
    """What runs in the blue color."""
    green: Pins
    """What runs in the green color."""

    def pins(self, color: Color) -> Pins:
        """The pins of one color."""
        return self.blue if color is Color.BLUE else self.green

    def weight(self, color: Color) -> int:
        """The color's share of the service's traffic, in percent."""
        canary = self.canary.percent if self.canary else 0
        return 100 - canary if color is self.live else canary

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets that either color names, shared ones included."""
        return tuple(sorted({*self.blue.secrets, *self.green.secrets}))
