"""Commands that look and change nothing."""

from typing import Annotated

import typer

from ops.cli.options import Sandboxed, Stack, app, deployment

PANEL = "What runs"


@app.command(rich_help_panel=PANEL)
def status(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show what runs, and warn where AWS, config and the committed file disagree."""
    from ops.commands.status import status as run

    run(deployment(context, stack, sandbox=sandbox), as_json=as_json)
