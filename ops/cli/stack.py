"""Commands for the stack as a whole."""

from typing import Annotated

import typer

from ops.cli.options import BreakLock, Sandboxed, Stack, app, choice, deployment

PANEL = "The stack"


@app.command(rich_help_panel=PANEL)
def up(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
    traffic: Annotated[bool, typer.Option("--traffic", help="Let this update move traffic to what config says.")] = False,
    touch_live: Annotated[bool, typer.Option("--touch-live", help="Let this update replace instances that take traffic.")] = False,
    touch_data: Annotated[bool, typer.Option("--touch-data", help="Let this update remove, replace or promote databases.")] = False,
    undecided: Annotated[bool, typer.Option("--undecided", help="Let policy packs decide during the update what they cannot yet.")] = False,
) -> None:
    """Bring the stack to what its config says."""
    from ops.commands.up import up as run

    run(
        deployment(context, stack, sandbox=sandbox, break_lock=break_lock, rebuild=False),
        traffic=traffic,
        touch_live=touch_live,
        touch_data=touch_data,
        undecided=undecided,
    )


@app.command(rich_help_panel=PANEL)
def preview(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Show what `up` would do, checked by all policy packs."""
    from ops.commands.preview import preview as run

    run(deployment(context, stack, sandbox=sandbox, rebuild=False))


@app.command(rich_help_panel=PANEL)
def rotate(
    context: typer.Context,
    thing: Annotated[str, typer.Argument(help="Whose password: redis or database.")],
    stack: Stack = "",
    *,
    cut_off: Annotated[bool, typer.Option("--cut-off", help="Of redis: also while instances may use the password that goes.")] = False,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Make the next password. Redis keeps the one before until the next time; the database's is its master's, which no service has."""
    from ops.commands.rotate import rotate as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), thing, cut_off=cut_off)


@app.command(rich_help_panel=PANEL)
def rehearse(
    context: typer.Context,
    stack: Stack = "",
    reports: Annotated[str, typer.Option("--reports", help="Folder for the JSON and Markdown report.")] = "",
    *,
    with_faults: Annotated[bool, typer.Option("--faults", help="Also let engine, machine, network and disk fail in the middle.")] = False,
) -> None:
    """Do to a stack in a private sandbox what an operator does to it, and prove each promise."""
    from ops.commands.rehearse import rehearse as run

    run(choice(context, stack, sandbox=True)[0], reports, with_faults=with_faults)


@app.command(rich_help_panel=PANEL)
def down(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False, break_lock: BreakLock = False) -> None:
    """End a rehearsal: destroy the stack in the sandbox and stop the emulator."""
    from ops.commands.down import down as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock, rebuild=False))
