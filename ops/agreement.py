"""An operator's yes to what has no way back."""

import sys

import typer

from ops.console import warn


def agreed(question: str, command: str, *, yes: bool = False) -> bool:
    """Whether the operator says yes, beforehand or now; without a terminal nobody can, and the command that says it is named."""
    if yes:
        return True
    if not sys.stdin.isatty():
        warn(f"nothing was run: there is no terminal to say yes on. `switchyard {command}` runs it")
        return False
    said = typer.confirm(question, err=True)
    if not said:
        warn("nothing was run")
    return said
