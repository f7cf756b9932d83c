"""What `status` shows of the site: a row for each release that the edge names, and where AWS, config and git disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from botocore.exceptions import ClientError

from ops.deployment import Deployment
from ops.site import SITE
from ops.site.shown import Shown, by_aws, by_config
from settings import Settings


@dataclass(frozen=True)
class SiteRow:
    """One release of the site."""

    role: str
    """live, canary or previous, by the key at the edge."""
    release: str
    percent: int
    """Of the users, by the key."""
    config_release: str
    """Of the same role by config; `none` where config has none."""
    config_percent: int
    committed_release: str | None
    """By the committed stack file; None where nobody knows it."""
    committed_percent: int | None


@dataclass(frozen=True)
class SiteView:
    """The site at one moment."""

    rows: Sequence[SiteRow]
    open: Sequence[str]
    """What somebody should look at."""


def look(deployment: Deployment, git: Settings | None) -> SiteView:
    """Look at the site beside the committed settings, where they are known; what cannot be read is told and hides nothing else."""
    if not deployment.outputs.get(SITE):
        return SiteView([], [f"the site is in config and not up yet: `switchyard up {deployment.options}`"])
    wanted = by_config(deployment.target.file.settings().site)
    committed = by_config(git.site) if git else None
    try:
        found = by_aws(deployment)
    except ClientError as error:
        return SiteView([], [f"what users see of the site cannot be read: {error}"])
    if not found:
        return SiteView([], ["the key that says which release of the site users see holds what nobody can read, the edge neither"])
    return SiteView(list(_rows(found, wanted, committed)), list(_disagreements(found, wanted, committed)))


def _rows(found: Shown, wanted: Shown, committed: Shown | None) -> Iterator[SiteRow]:
    for role, release in _roles(found).items():
        yield SiteRow(
            role=role,
            release=release,
            percent=_percent(found, role),
            config_release=wanted.words[role],
            config_percent=_percent(wanted, role),
            committed_release=committed.words[role] if committed else None,
            committed_percent=_percent(committed, role) if committed else None,
        )


def _roles(shown: Shown) -> dict[str, str]:
    """The releases by role; a canary that is live already is none."""
    canary = shown.canary if shown.canary != shown.live else ""
    named = {"live": shown.live, "canary": canary, "previous": shown.previous}
    return {role: release for role, release in named.items() if release}


def _percent(shown: Shown, role: str) -> int:
    return {"live": 100 - shown.percent, "canary": shown.percent}.get(role, 0)


def _disagreements(found: Shown, wanted: Shown, committed: Shown | None) -> Iterator[str]:
    """Each word that differs, as `verify` and the commands call it."""
    for what, aws in found.words.items():
        if aws != wanted.words[what]:
            yield f"{SITE}: config gives {what} {wanted.words[what]}, AWS {aws}"
        if committed and aws != committed.words[what]:
            yield f"{SITE}: the committed file says {what} {committed.words[what]}, AWS {aws}: commit it"
