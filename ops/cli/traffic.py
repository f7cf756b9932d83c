"""Commands that move traffic, each with its way back."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.options import BreakLock, Sandboxed, Service, Stack, Via, app, deployment

PANEL = "Releases and traffic"


@app.command(rich_help_panel=PANEL)
def release(
    context: typer.Context,
    service: Service,
    stack: Stack = "",
    *,
    folder: Annotated[Path | None, typer.Option("--from", metavar="DIR", help="Of the site: the folder with its index.html.")] = None,
    release_id: Annotated[str, typer.Option("--id", metavar="ID", help="Of the site: what the release is called.")] = "",
    image: Annotated[str, typer.Option("--image", help="The image in ECR, by digest.")] = "",
    ami: Annotated[str, typer.Option("--ami", help="The Amazon Linux 2023 image.")] = "",
    boot: Annotated[int, typer.Option("--boot", help="The boot template's version.")] = 0,
    irreversible: Annotated[bool, typer.Option("--irreversible", help="It migrates data one way: no rollback over it.")] = False,
    via: Via = "",
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Pin a release to the color that takes no traffic, and replace its instances; or upload one of the site."""
    from ops.commands.release import Release
    from ops.commands.release import release as run
    from ops.commands.release_site import only_for, release_site
    from ops.site import SITE

    pins = {"--image": image, "--ami": ami, "--boot": boot, "--irreversible": irreversible, "--via": via}
    only_for(service, {"--from": folder, "--id": release_id}, pins)
    where = deployment(context, stack, sandbox=sandbox, break_lock=break_lock)
    if service == SITE:
        release_site(where, release_id, folder)
    else:
        run(where, service, Release(image=image, ami=ami, boot=boot, irreversible=irreversible), via)


@app.command(rich_help_panel=PANEL)
def shift(
    context: typer.Context,
    service: Service,
    percent: Annotated[int, typer.Argument(help="0 to 99.")],
    stack: Stack = "",
    *,
    watch: Annotated[int, typer.Option("--watch", metavar="MINUTES", help="Look at alarms and targets so long; roll back if bad.")] = 0,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
) -> None:
    """Move a share of a service's traffic onto the color that is not live, or of the site's users onto its canary."""
    from ops.commands.shift import shift as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), service, percent, watch)


@app.command(rich_help_panel=PANEL)
def promote(
    context: typer.Context, service: Service, stack: Stack = "", *, sandbox: Sandboxed = False, break_lock: BreakLock = False
) -> None:
    """Make the color that is not live the live one, or the site's canary."""
    from ops.commands.promote import promote as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), service)


@app.command(rich_help_panel=PANEL)
def rollback(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help="A service of the stack, or site.")] = "",
    stack: Stack = "",
    *,
    sandbox: Sandboxed = False,
    break_lock: BreakLock = False,
    every: Annotated[bool, typer.Option("--all", help="Every service, and the site, that has something to return to.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Do not wait for capacity.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Over a one-way migration, or to a site that is not complete.")] = False,
) -> None:
    """End the canary, or return to the color, or the site's release, that was live before."""
    from ops.commands.rollback import rollback as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), service or None, every=every, now=now, force=force)


@app.command(rich_help_panel=PANEL)
def settle(
    context: typer.Context, service: Service, stack: Stack = "", *, sandbox: Sandboxed = False, break_lock: BreakLock = False
) -> None:
    """Remove the holds: the new release has proven itself."""
    from ops.commands.settle import settle as run

    run(deployment(context, stack, sandbox=sandbox, break_lock=break_lock), service)
