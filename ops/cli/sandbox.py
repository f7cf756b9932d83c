"""Commands for the AWS account on this machine."""

import typer

from ops.cli.options import app

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
