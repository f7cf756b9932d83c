"""Commands for the account and the machine."""

import typer

from ops.cli.options import Sandboxed, Stack, app, choice

PANEL = "Account and machine"


@app.command(rich_help_panel=PANEL)
def doctor(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Say what stands in the way, each finding with its fix."""
    from ops.commands.doctor import doctor as run

    name, sandboxed = choice(context, stack, sandbox=sandbox)
    run(name, sandboxed=sandboxed)
