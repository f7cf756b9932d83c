"""Commands for the database: what is inside it, and which instance it is."""

from typing import Annotated

import typer

from ops.cli.options import BreakLock, Sandboxed, Stack, app, deployment

PANEL = "Data"

database_app = typer.Typer(no_args_is_help=True, help="What is inside the database.")
app.add_typer(database_app, name="database", rich_help_panel=PANEL)


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


@app.command("promote-replica", rich_help_panel=PANEL)
def promote_replica(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A replica, by its name in database.replicas.")],
    stack: Stack = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Promote it without asking.")] = False,
    lag_seconds: Annotated[int, typer.Option("--lag-seconds", min=0, help="How far it may be behind.")] = 10,
    any_lag: Annotated[bool, typer.Option("--any-lag", help="However far it is behind: its source is lost.")] = False,
    without_backup: Annotated[bool, typer.Option("--without-backup", help="Also before it has a backup of its own.")] = False,
    use: Annotated[bool, typer.Option("--use", help="Lead services to a replica that is promoted.")] = False,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Make a replica a database of its own: first its backups, then, after a yes, what has no way back."""
    from ops.commands.promote_replica import Terms
    from ops.commands.promote_replica import promote_replica as run

    terms = Terms(yes=yes, lag_seconds=lag_seconds, any_lag=any_lag, without_backup=without_backup)
    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), name, terms, use=use)


@app.command(rich_help_panel=PANEL)
def restore(
    context: typer.Context,
    thing: Annotated[str, typer.Argument(help="What: database.")],
    stack: Stack = "",
    *,
    origin: Annotated[str, typer.Option("--from", metavar="SNAPSHOT|TIME", help="A snapshot, or a time in UTC.")] = "",
    use: Annotated[bool, typer.Option("--use", help="Lead services to what was restored.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Lead services to the primary.")] = False,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Make a second instance beside the first, of a snapshot or a time; without --from, show what there is."""
    from ops.commands.restore_database import restore_database as run
    from ops.errors import BadInputError

    if thing != "database":
        raise BadInputError(f"There is nothing to restore that is called {thing!r}.", "`switchyard restore database`")
    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), origin, use=use, back=back)
