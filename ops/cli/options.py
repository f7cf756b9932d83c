"""The command line itself: the program, and the options that name a target, which every command takes."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from ops.command_group import CommandGroup

if TYPE_CHECKING:
    from ops.deployment import Deployment

app = typer.Typer(cls=CommandGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Stack = Annotated[str, typer.Option("--stack", "-s", help="The stack: staging, prod, …")]
Sandboxed = Annotated[bool, typer.Option("--sandbox", help="In the AWS account on this machine instead of on AWS.")]
Service = Annotated[str, typer.Argument(help="A service of the stack, or site.")]
BreakLock = Annotated[bool, typer.Option("--break-lock", help="Break the lock of another update, which has to be known to be gone.")]
Via = Annotated[str, typer.Option("--via", help="HOST:PORT where the load balancer is reached, such as an SSM port forwarding.")]


@app.callback()
def options(context: typer.Context, stack: Stack = "", *, sandbox: Sandboxed = False) -> None:
    """Operate a stack of Switchyard: traffic and the way back, as changes of stack config."""
    context.obj = (stack, sandbox or os.environ.get("SWITCHYARD_SANDBOX") == "1")


def choice(context: typer.Context, stack: str, *, sandbox: bool) -> tuple[str, bool]:
    """The target's options, given before the command or after it."""
    before, sandboxed_before = context.obj
    return stack or before, sandbox or sandboxed_before


def deployment(context: typer.Context, stack: str, *, sandbox: bool, rebuild: bool = True, break_lock: bool = False) -> "Deployment":
    """The engine's view of the stack that the options name."""
    from ops.session import opened

    name, sandboxed = choice(context, stack, sandbox=sandbox)
    return opened(name, sandboxed=sandboxed, rebuild=rebuild, break_lock=break_lock)
