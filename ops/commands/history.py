"""`switchyard history`: who released, shifted, promoted and rolled back what, and when."""

import json
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from ops.console import out, table
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.history import Entry
from ops.history import history as read

STYLES = {"succeeded": "green", "failed": "red"}


def history(deployment: Deployment, limit: int, *, as_json: bool = False) -> None:
    """Print the latest updates and commits, the latest first; BadInputError for a limit below 1."""
    if limit < 1:
        raise BadInputError(f"--limit is 1 or more, and not {limit}.", f"`switchyard history --limit 20 {deployment.options}`")
    entries = read(deployment, limit)
    if as_json:
        out.print_json(json.dumps([_plain(entry) for entry in entries]))
    else:
        table(("when", "what", "changed", "result", "who"), _rows(entries))


def _rows(entries: Sequence[Entry]) -> list[tuple[str | Text, ...]]:
    """One row an entry; an update that says nothing is told by its kind."""
    return [
        (
            entry.local_time,
            entry.message if entry.kind in {"update", "commit"} else f"{entry.kind}: {entry.message}",
            "" if entry.changed is None else str(entry.changed),
            Text(entry.result, STYLES.get(entry.result, "default")),
            entry.author,
        )
        for entry in entries
    ]


def _plain(entry: Entry) -> dict[str, Any]:
    """One entry for programs; the time with its zone."""
    return {
        "when": entry.when.isoformat(),
        "source": entry.source,
        "kind": entry.kind,
        "result": entry.result,
        "changed": entry.changed,
        "message": entry.message,
        "who": entry.who,
    }
