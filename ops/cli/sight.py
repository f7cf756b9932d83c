"""Commands that look and change nothing."""

from typing import Annotated

import typer

from ops.cli.options import Sandboxed, Stack, Via, app, deployment

PANEL = "What runs"

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command(rich_help_panel=PANEL)
def status(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    as_json: Json = False,
    watch: Annotated[bool, typer.Option("--watch", help="Look again every few seconds, until Ctrl-C.")] = False,
    recovery: Annotated[
        bool, typer.Option("--recovery", help="The copies, and the objectives for a region's failure: 0 met, 1 missed, 2 undecided.")
    ] = False,
) -> None:
    """Show what runs and what is open, and warn where AWS, config and the committed file disagree."""
    from ops.commands.recovery_status import recovery_status
    from ops.commands.status import status as run

    if recovery:
        raise typer.Exit(recovery_status(deployment(context, stack, sandbox=sandbox), as_json=as_json, watch=watch))
    run(deployment(context, stack, sandbox=sandbox), as_json=as_json, watch=watch)


@app.command(rich_help_panel=PANEL)
def verify(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    as_json: Json = False,
    via: Via = "",
) -> None:
    """Check weights, releases, preview requests, alarms and rules: 0 passed, 1 failed, 2 undecided."""
    from ops.commands.verify import verify as run

    raise typer.Exit(run(deployment(context, stack, sandbox=sandbox), as_json=as_json, via=via))


@app.command(rich_help_panel=PANEL)
def drift(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False, as_json: Json = False) -> None:
    """Name what AWS has otherwise than config, who changed it, and what puts it back: 0 nothing, 1 something."""
    from ops.commands.drift import drift as run

    raise typer.Exit(run(deployment(context, stack, sandbox=sandbox), as_json=as_json))


@app.command(rich_help_panel=PANEL)
def history(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    limit: Annotated[int, typer.Option("--limit", help="How many entries, the latest first.")] = 20,
    as_json: Json = False,
) -> None:
    """Show who released, shifted, promoted and rolled back what, and when."""
    from ops.commands.history import history as run

    run(deployment(context, stack, sandbox=sandbox), limit, as_json=as_json)
