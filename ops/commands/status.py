"""`switchyard status`: what runs, by AWS's own word, beside what config says, and what is open."""

import json
import time
from dataclasses import asdict
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Group
from rich.live import Live
from rich.text import Text

from ops.console import grid, out, table, warn
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.history import Entry
from ops.overview import Overview, Row, look
from ops.site import SITE
from ops.site.sight import SiteRow

SITE_COLUMNS = ("site", "release", "users")
COLUMNS = ("service", "color", "weight", "healthy\ntargets", "release", "on\nrelease", "AMI", "hold")
WATCH_SECONDS = 5


def status(deployment: Deployment, *, as_json: bool = False, watch: bool = False) -> None:
    """Print the table and the last change of each service, and warn of what is open; with `watch` again and again until Ctrl-C."""
    if watch:
        if as_json:
            raise BadInputError("--watch is for people, --json for programs: give one of them.", "A program can ask every few seconds.")
        _watch(deployment)
        return
    seen = look(deployment)
    if as_json:
        rows = [*(_plain(seen, row.service, row) for row in seen.rows), *(_plain(seen, SITE, release) for release in seen.site)]
        out.print_json(json.dumps(rows))
    else:
        table(COLUMNS, [_cells(row) for row in seen.rows])
        if seen.site:
            table(SITE_COLUMNS, [_site_cells(row) for row in seen.site])
        for line in _last(seen):
            out.print(line, style="dim", soft_wrap=True)
    for finding in seen.findings:
        warn(finding.what)


def _watch(deployment: Deployment) -> None:
    """Look every few seconds until Ctrl-C, also past an AWS that does not answer; the engine's state is read once."""
    with Live(console=out, auto_refresh=False) as live:
        try:
            while True:
                live.update(_frame(deployment), refresh=True)
                time.sleep(WATCH_SECONDS)
        except KeyboardInterrupt:
            return


def _frame(deployment: Deployment) -> Group:
    now = Text(f"{deployment.target.name} at {datetime.now().astimezone():%H:%M:%S}, every {WATCH_SECONDS} s until Ctrl-C", "dim")
    try:
        seen = look(deployment)
    except (BotoCoreError, ClientError) as error:
        return Group(now, Text(f"AWS does not say: {error}", "red"))
    grids = [grid(COLUMNS, [_cells(row) for row in seen.rows])]
    if seen.site:
        grids.append(grid(SITE_COLUMNS, [_site_cells(row) for row in seen.site]))
    return Group(now, *grids, *(Text(line, "dim") for line in _last(seen)), *(Text(f"! {each.what}", "yellow") for each in seen.findings))


def _cells(row: Row) -> tuple[str | Text, ...]:
    color = Text.assemble((row.color, row.color), " (live)" if row.live else "")
    healthy = f"{row.healthy} of {row.needed}"
    age = "gone" if row.ami_age_days is None else f"{row.ami_age_days} d"
    return (row.service, color, f"{row.weight} %", healthy, row.release, str(row.on_release), age, str(row.hold or ""))


def _site_cells(row: SiteRow) -> tuple[str, ...]:
    users = f"{row.percent} %" if row.role != "previous" else ""
    return row.role, row.release, users


def _last(seen: Overview) -> list[str]:
    """The last change of each service and of the site, in a line."""
    return [f"last change of {service}: {_told(entry)}" for service, entry in seen.last.items()]


def _told(entry: Entry) -> str:
    return f"{entry.message}{f', by {entry.author}' if entry.author else ''}, {entry.local_time}"


def _plain(seen: Overview, service: str, row: Row | SiteRow) -> dict[str, Any]:
    """A row for programs, with the last change of its service or the site, what is open, and the measures that are on."""
    last = seen.last.get(service)
    change = {"message": last.message, "who": last.who, "when": last.when.isoformat()} if last else None
    return {"service": service, **asdict(row), "last_change": change, "findings": seen.concerning(service), "measures": seen.measures}
