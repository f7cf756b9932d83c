"""Who changed the stack, what and when: the engine's own record of its updates, and git's of the stack file."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import pulumi.automation as auto

from ops.deployment import Deployment
from ops.signature import parted
from sandbox.paths import ROOT

UNCHANGED = {"same", "read", "refresh"}
"""Kinds of steps in the engine's count that change nothing."""
ABOUT_ALL = ("up", "built anew", "down", "impose", "lift")
"""How the messages of updates begin that are about every service."""


class Source(StrEnum):
    """Who kept the record."""

    ENGINE = "engine"
    GIT = "git"


@dataclass(frozen=True)
class Entry:
    """One update of the stack, or one commit of its file."""

    when: datetime
    """When it began; a commit's, when it was made."""
    source: Source
    kind: str
    """The engine's word (update, refresh, destroy), or `commit`."""
    result: str
    """`succeeded`, `failed`, `in-progress`; of a commit `committed`."""
    changed: int | None
    """Resources that it changed; None where nobody counted."""
    message: str
    """What the command said that it does, or the commit's first line."""
    who: str
    """An ARN, or a commit's author; empty when it was not noted."""

    def concerns(self, service: str) -> bool:
        """Whether it may have changed a service."""
        return self.message.startswith(ABOUT_ALL) or bool(re.search(rf"(?<![\w-]){re.escape(service)}(?![\w-])", self.message))

    @property
    def author(self) -> str:
        """In short: the caller's role and session, or an author's name."""
        return re.sub(r"arn:[^/]*/| <.*>$", "", self.who)

    @property
    def local_time(self) -> str:
        """When, by this machine's clock."""
        return f"{self.when.astimezone():%Y-%m-%d %H:%M}"


def history(deployment: Deployment, limit: int) -> list[Entry]:
    """The latest entries of engine and git, so many at most, the latest first."""
    updates = (_update(summary) for summary in deployment.history(limit))
    return sorted([*updates, *commits(deployment.target.name, limit)], key=lambda entry: entry.when, reverse=True)[:limit]


def commits(stack: str, limit: int, root: str = str(ROOT)) -> Iterator[Entry]:
    """The commits of a stack's file, the latest first; none where there is no git, or no such file in it."""
    command = ["git", "-C", root, "log", f"--max-count={limit}", "--format=%cI%x00%an <%ae>%x00%s", "--", f"Pulumi.{stack}.yaml"]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return
    for line in shown.splitlines():
        when, who, subject = line.split("\0", 2)
        yield Entry(datetime.fromisoformat(when), Source.GIT, "commit", "committed", None, subject, who)


def last_of(entries: Sequence[Entry], service: str) -> Entry | None:
    """The latest update that succeeded and may have changed a service."""
    updates = (entry for entry in entries if entry.source is Source.ENGINE and entry.result == "succeeded" and entry.changed)
    return next((entry for entry in updates if entry.concerns(service)), None)


def _update(summary: auto.UpdateSummary) -> Entry:
    message, who = parted(summary.message or "")
    counted = summary.resource_changes
    changed = None if counted is None else sum(number for kind, number in counted.items() if str(kind) not in UNCHANGED)
    return Entry(
        when=summary.start_time.replace(tzinfo=UTC),
        source=Source.ENGINE,
        kind=summary.kind,
        result=summary.result,
        changed=changed,
        message=message,
        who=who,
    )
