"""A ratio of two times that were taken in one run, and the most that it may be."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How many times as long one thing takes as another."""

    what: str
    value: float
    most: float | None
    """None where nothing is promised."""

    def __str__(self) -> str:
        """`1.06`."""
        return f"{self.value:.2f}"

    @property
    def limit(self) -> str:
        """`1.15`, or a dash."""
        return f"{self.most}" if self.most else "—"


def exit_on_too_slow(ratios: Sequence[Ratio]) -> None:
    """Exit 1 with the ratios that are above their limit; a limit itself is allowed."""
    slow = [f"{each.what}: {each}, and may be at most {each.limit}" for each in ratios if each.most and round(each.value, 2) > each.most]
    if slow:
        sys.exit("Too slow: " + "; ".join(slow))
