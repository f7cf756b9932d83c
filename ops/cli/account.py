"""Commands for the account and the machine."""

from typing import Annotated

import typer

from ops.cli.options import Sandboxed, Stack, app, choice, deployment
from ops.kernels import Kernel

PANEL = "Account and machine"


@app.command(rich_help_panel=PANEL)
def bootstrap(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    yes: Annotated[bool, typer.Option("--yes", help="Make it without asking.")] = False,
) -> None:
    """Make the state bucket and the key of a stack's account, or put them right."""
    from ops.commands.bootstrap import bootstrap as run

    run(deployment(context, stack, sandbox=sandbox, rebuild=False), yes=yes)


@app.command(rich_help_panel=PANEL)
def pin(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    service: Annotated[str, typer.Option("--service", help="Pin the AMI of this service alone.")] = "",
    kernel: Annotated[Kernel | None, typer.Option("--kernel", help="The AMIs' kernel; else the pinned one's.")] = None,
    account: Annotated[bool, typer.Option("--account", help="Let account_id change to the credentials' account.")] = False,
) -> None:
    """Write what AWS says of account, zones, AMIs and the CDN's prefix list into the stack file."""
    from ops.commands.pin import pin as run

    run(deployment(context, stack, sandbox=sandbox, rebuild=False), service, kernel, account=account)


@app.command(rich_help_panel=PANEL)
def doctor(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Say what stands in the way, each finding with its fix."""
    from ops.commands.doctor import doctor as run

    name, sandboxed = choice(context, stack, sandbox=sandbox)
    run(name, sandboxed=sandboxed)
