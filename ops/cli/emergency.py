"""Commands for an emergency, each with the one that ends it."""

from typing import Annotated

import typer

from ops.cli.options import BreakLock, Sandboxed, Stack, app, deployment

PANEL = "Emergencies"
MEASURES = "scale-floor N, maintenance, lockdown, aggressive-caching or disabled-features NAME…"

Measure = Annotated[str, typer.Argument(help=f"{MEASURES}.")]


@app.command(rich_help_panel=PANEL)
def impose(
    context: typer.Context,
    measure: Measure,
    values: Annotated[list[str] | None, typer.Argument(help="The floor, or the names of features.")] = None,
    stack: Stack = "",
    *,
    allow: Annotated[list[str] | None, typer.Option("--allow", metavar="NETWORK", help="A network that may pass; may be repeated.")] = None,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Impose an emergency measure: one change of config that touches what it says and nothing else."""
    from ops.commands.impose import impose as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), measure, values or [], allow or [])


@app.command(rich_help_panel=PANEL)
def lift(
    context: typer.Context,
    measure: Annotated[str, typer.Argument(help=f"{MEASURES}; or quarantine SERVICE.COLOR.")],
    names: Annotated[list[str] | None, typer.Argument(help="The features or colors; all of them when none is named.")] = None,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Lift an emergency measure."""
    from ops.commands.lift import lift as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), measure, names or [])


@app.command(rich_help_panel=PANEL)
def contain(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help="A service of the stack.")],
    color: Annotated[str, typer.Argument(help="blue or green.")],
    stack: Stack = "",
    *,
    roll_back: Annotated[bool, typer.Option("--rollback", help="First roll the service back, if the color takes traffic.")] = False,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Put a color in quarantine: nothing goes in or out, and its instances stay as they are."""
    from ops.commands.contain import contain as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), service, color, roll_back=roll_back)
