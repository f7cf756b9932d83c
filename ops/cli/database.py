"""Commands for what is inside the database."""

from typing import Annotated

import typer

from ops.cli.options import Sandboxed, Stack, app, deployment

database_app = typer.Typer(no_args_is_help=True, help="What is inside the database.")
app.add_typer(database_app, name="database", rich_help_panel="Data")


@database_app.command("prepare")
def prepare(
    context: typer.Context,
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    show: Annotated[bool, typer.Option("--show", help="Print the SQL and run nothing.")] = False,
    via: Annotated[str, typer.Option("--via", help="HOST:PORT where the database is reached; else SSM opens a way.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Run it without asking.")] = False,
) -> None:
    """Give each service that uses the database its role and its schema, by SQL that is shown first and may run again."""
    from ops.commands.database_prepare import database_prepare as run

    run(deployment(context, stack, sandbox=sandbox), show=show, via=via, yes=yes)
