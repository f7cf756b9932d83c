"""What people see: one console, tables, progress with elapsed time."""

import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.table import Table
from rich.text import Text

out = Console(highlight=False, markup=False, emoji=False)
"""Results. What is printed is printed as it is: an AWS message or a diff may hold `[brackets]` and `:colons:`."""
err = Console(stderr=True, highlight=False, markup=False, emoji=False)
"""Progress, warnings and errors, so that results can be piped."""

PROGRAM = "switchyard"

LINE_EVERY_SECONDS = 10
"""Without a terminal, progress is a line now and then instead of one that moves."""


def count(number: int, noun: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(lines: Sequence[str], most: int) -> str:
    """The first lines, indented, and how many more there are."""
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join(f"  {line}" for line in [*lines[:most], *more])


def first(lines: Sequence[str]) -> str:
    """The first one, and how many more there are, in a sentence."""
    return f"{lines[0]}{f', and {len(lines) - 1} more' if len(lines) > 1 else ''}"


def progress(text: str) -> None:
    """One line of progress."""
    err.print(f"· {text}", style="dim", soft_wrap=True)


def warn(text: str) -> None:
    """Something the operator should know, though the command goes on."""
    err.print(f"! {text}", style="yellow", soft_wrap=True)


def done(text: str) -> None:
    """The result of a command, in one line."""
    out.print(Text.assemble(("✓", "green"), f" {text}"), soft_wrap=True)


def failed(text: str, next_step: str = "") -> None:
    """What went wrong, and what to do now."""
    err.print(Text.assemble(("✗", "red"), f" {text}"), soft_wrap=True)
    if next_step:
        err.print(f"  {next_step}", soft_wrap=True)


def commands(title: str, lines: Sequence[str]) -> None:
    """Commands to try next."""
    out.print(f"\n{title}")
    for line in lines:
        out.print(f"  {runnable(line)}", style="bold", soft_wrap=True)


def runnable(line: str) -> str:
    """A command as it can be typed here: with this program's path where PATH does not find it."""
    program, _, rest = line.partition(" ")
    if program != PROGRAM or shutil.which(PROGRAM):
        return line
    path = Path(sys.executable).with_name(PROGRAM)
    return f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path} {rest}"


def grid(columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> Table:
    """A table for people, to be shown."""
    made = Table(*columns, header_style="bold", show_edge=False, pad_edge=False)
    for row in rows:
        made.add_row(*row)
    return made


def table(columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> None:
    """Print a table for people."""
    out.print(grid(columns, rows))


class Activity:
    """One long step, shown with its elapsed time: a line that moves on a terminal, a line every ten seconds elsewhere."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._started = time.monotonic()
        self._told = self._started
        self._status = err.status(Text(text)) if err.is_terminal else None

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._started

    def tell(self, detail: str) -> None:
        """Show how far it is."""
        line = f"{self._text}: {detail} ({self.seconds:.0f} s)"
        if self._status:
            self._status.update(Text(line))
        elif time.monotonic() - self._told > LINE_EVERY_SECONDS:
            self._told = time.monotonic()
            progress(line)
