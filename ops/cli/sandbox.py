"""Commands for the AWS account on this machine."""

from typing import Annotated

import typer

from ops.cli.options import Stack, app, choice

sandbox_app = typer.Typer(no_args_is_help=True, help="The AWS account on this machine.")
app.add_typer(sandbox_app, name="sandbox", rich_help_panel="Account and machine")


@sandbox_app.command("start")
def sandbox_start() -> None:
    """Find or build the engine and start the emulator."""
    from ops.commands.sandbox import start

    start()


@sandbox_app.command("stop")
def sandbox_stop() -> None:
    """Stop the emulator."""
    from ops.commands.sandbox import stop

    stop()


@sandbox_app.command("status")
def sandbox_status() -> None:
    """Say what runs, and how much of AWS is emulated."""
    from ops.commands.sandbox import status as run

    run()


@sandbox_app.command("open")
def sandbox_open(
    context: typer.Context,
    stack: Stack = "",
    port: Annotated[int, typer.Option("--port", help="Where it answers on loopback; 0 takes any free port.", min=0, max=65535)] = 8090,
) -> None:
    """Serve the stack's site and its services on loopback, through its distribution, until Ctrl-C; what commands change shows at once."""
    from ops.commands.sandbox_open import sandbox_open as run
    from ops.session import opened

    run(opened(choice(context, stack, sandbox=True)[0], sandboxed=True), port)
