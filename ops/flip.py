"""What flips: users are moved by one resource, between the colors of a service or between the releases of the site.

The commands that move them are written once, on these words; `ops/flips.py` knows who speaks them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ops.parts import Part
from ops.stack_file import Edit

Admission = Callable[[], Edit | None]
"""Sees that what receives users can carry them, and raises where it cannot; returns the edit of config that this took, if any."""


def at_once() -> Edit | None:
    """Admit without a look."""
    return None


@dataclass(frozen=True)
class Move:
    """Users moved forward: a canary, a promotion."""

    message: str
    """The update's message and the commit's."""
    keys: Mapping[str, Any]
    """Stack config keys and their new values; None removes one."""
    undo: str
    """The command that undoes it."""
    told: str
    """What is so afterwards."""
    admit: Admission = at_once
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Keys that the admission may write, for a check of all of it beforehand."""


@dataclass(frozen=True)
class Barrier:
    """Why something must not go back, unless it is forced to."""

    told: str
    fix: str
    forced: str
    """What is said when it is forced."""


@dataclass(frozen=True)
class Return:
    """Users moved back."""

    name: str
    """The service, or the site."""
    to: str
    """The color or release that all of them see afterwards."""
    keys: Mapping[str, Any]
    undo: Sequence[str]
    """The commands that undo it; none when it restores what config says."""
    barrier: Barrier | None = None


class Flip(Protocol):
    """A service, or the site."""

    @property
    def name(self) -> str:
        """As the command line has it."""

    @property
    def part(self) -> Part:
        """The one resource."""

    @property
    def no_way(self) -> str:
        """Why there is nothing to roll back to, when there is nothing."""

    def wanted(self) -> Mapping[str, str]:
        """Who sees what by config, in words: `blue` and `90 %`, `live` and `r41`."""

    def found(self) -> Mapping[str, str]:
        """The same, under the same keys, by AWS."""

    def remembered(self) -> Sequence[str]:
        """Path patterns of which the edge may hold answers that must not outlive a return."""

    def gaps(self) -> Iterator[str]:
        """What those who are sent there miss."""

    def shifted(self, percent: int, *, watched: bool) -> Move:
        """A share of the users on the canary."""

    def promoted(self) -> Move:
        """All users on what is not live, which becomes live."""

    def way_back(self) -> Return | None:
        """The end of the canary, else the return to what was live before, else None."""

    def again(self) -> Return:
        """What config says, once more."""

    def wait_before(self, back: Return) -> Admission | None:
        """What takes minutes before a return; None when it can be written at once."""

    def kept(self, back: Return) -> tuple[Mapping[str, Any], Sequence[Part]]:
        """Config keys that a return needs beside its own, and the resources that they change."""
