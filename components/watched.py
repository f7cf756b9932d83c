"""What a component hands to the alarms: a resource of its own that is watched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.signals import Signal, Subject


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One resource, as its alarms see it."""

    name: str
    """Begins the alarms' names."""
    subject: Subject
    """What is watched of it."""
    dimensions: Mapping[str, pulumi.Input[str]]
    """The values of the subject's dimensions, but for those that it always has."""
    least: int = 1
    """What the resource must have at the least, for the signals that ask for that; 0 if it may have nothing."""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """The figures of its signals whose threshold is the resource's own, by role."""
    follows: bool = False
    """Whether it is a replica of another resource."""
    region: str | None = None
    """Where its figures are; None for the stack's own region."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Service and color, of what belongs to one."""

    @property
    def signals(self) -> Sequence[Signal]:
        """What is watched of this one: what may be empty has no least, and what follows nothing does not lag."""
        due = [signal for signal in self.subject.signals if self.least or not signal.of_least]
        return [signal for signal in due if self.follows or not signal.of_replica]

    @property
    def place(self) -> Mapping[str, pulumi.Input[str]]:
        """All dimensions under which CloudWatch has its figures."""
        return {**self.dimensions, **self.subject.always}
