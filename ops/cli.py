"""The `switchyard` command. Each command's own file is imported only when it is called, so that `--help` answers at once."""

import os
import warnings
from typing import TYPE_CHECKING, Annotated

import typer

from ops.command_group import CommandGroup

if TYPE_CHECKING:
    from ops.deployment import Deployment

app = typer.Typer(cls=CommandGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
sandbox_app = typer.Typer(no_args_is_help=True, help="The AWS account on this machine.")
app.add_typer(sandbox_app, name="sandbox")

Stack = Annotated[str, typer.Option("--stack", "-s", help="The stack: staging, prod, …")]
Sandboxed = Annotated[bool, typer.Option("--sandbox", help="In the AWS account on this machine instead of on AWS.")]
Service = Annotated[str, typer.Argument(help="A service of the stack.")]


@app.callback()
def options(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Operate a stack of Switchyard: traffic and the way back, as changes of stack config."""
    context.obj = (stack, sandbox or os.environ.get("SWITCHYARD_SANDBOX") == "1")


def _choice(context: typer.Context, stack: str, *, sandbox: bool) -> tuple[str, bool]:
    """The target's options, given before the command or after it."""
    before, sandboxed_before = context.obj
    return stack or before, sandbox or sandboxed_before


def _deployment(context: typer.Context, stack: str, *, sandbox: bool, rebuild: bool = True) -> "Deployment":
    from ops.session import opened

    name, sandboxed = _choice(context, stack, sandbox=sandbox)
    return opened(name, sandboxed=sandboxed, rebuild=rebuild)


@app.command()
def up(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    traffic: Annotated[bool, typer.Option("--traffic", help="Let this update move traffic to what config says.")] = False,
    touch_live: Annotated[bool, typer.Option("--touch-live", help="Let this update replace instances that take traffic.")] = False,
    undecided: Annotated[bool, typer.Option("--undecided", help="Let policy packs decide during the update what they cannot yet.")] = False,
) -> None:
    """Bring the stack to what its config says."""
    from ops.commands.up import up as run

    run(_deployment(context, stack, sandbox=sandbox, rebuild=False), traffic=traffic, touch_live=touch_live, undecided=undecided)


@app.command()
def preview(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Show what `up` would do, checked by all policy packs."""
    from ops.commands.preview import preview as run

    run(_deployment(context, stack, sandbox=sandbox, rebuild=False))


@app.command()
def status(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show what runs, and warn where AWS, config and the committed file disagree."""
    from ops.commands.status import status as run

    run(_deployment(context, stack, sandbox=sandbox), as_json=as_json)


@app.command()
def shift(
    context: typer.Context,
    service: Service,
    percent: Annotated[int, typer.Argument(help="0 to 99.")],
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
) -> None:
    """Move a share of a service's traffic onto the color that is not live."""
    from ops.commands.shift import shift as run

    run(_deployment(context, stack, sandbox=sandbox), service, percent)


@app.command()
def promote(context: typer.Context, service: Service, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Make the color that is not live the live one."""
    from ops.commands.promote import promote as run

    run(_deployment(context, stack, sandbox=sandbox), service)


@app.command()
def rollback(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help="A service of the stack.")] = "",
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    every: Annotated[bool, typer.Option("--all", help="Every service that has something to return to.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Do not wait for capacity.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Go back over a one-way migration.")] = False,
) -> None:
    """End the canary, or return to the color that was live before."""
    from ops.commands.rollback import rollback as run

    run(_deployment(context, stack, sandbox=sandbox), service or None, every=every, now=now, force=force)


@app.command()
def settle(context: typer.Context, service: Service, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Remove the holds: the new release has proven itself."""
    from ops.commands.settle import settle as run

    run(_deployment(context, stack, sandbox=sandbox), service)


@app.command()
def rehearse(
    context: typer.Context,
    stack: Stack = "",
    reports: Annotated[str, typer.Option("--reports", help="Folder for the JSON and Markdown report.")] = "",
) -> None:
    """Do to a stack in a private sandbox what an operator does to it, and prove each promise."""
    from ops.commands.rehearse import rehearse as run

    run(_choice(context, stack, sandbox=True)[0], reports)


@app.command()
def doctor(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Say what stands in the way, each finding with its fix."""
    from ops.commands.doctor import doctor as run

    name, sandboxed = _choice(context, stack, sandbox=sandbox)
    run(name, sandboxed=sandboxed)


@app.command()
def down(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """End a rehearsal: destroy the stack in the sandbox and stop the emulator."""
    from ops.commands.down import down as run

    run(_deployment(context, stack, sandbox=sandbox, rebuild=False))


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


def main() -> None:
    """Run the command that the command line names. What libraries warn of is for who develops this, not for who runs it."""
    warnings.simplefilter("ignore")
    app()
