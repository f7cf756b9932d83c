"""The static site in stack config: which of its releases users see."""

from collections.abc import Iterator
from typing import Annotated

from components.edge import RELEASE
from settings_errors import Problem
from settings_limits import matching, within
from settings_types import Section

KEY = "switchyard:site"

ReleaseId = Annotated[
    str,
    matching(RELEASE, "must be a release's id: 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit"),
]


class SiteCanary(Section):
    """The share of users who see another release."""

    release: ReleaseId
    """The release that they see; `switchyard release site` writes it."""
    percent: Annotated[int, within(0, 99, "percent (`switchyard promote site` moves all of them)")] = 0
    """The share; 0 ends the canary."""


class Site(Section):
    """The static site: a release is a folder in its bucket, and one key at the edge says which of them users see."""

    live: ReleaseId
    """The release that users see: rolling back is this word."""
    canary: SiteCanary | None = None
    """The release that is tried, or waits to be, and its share of the users."""
    previous: ReleaseId | None = None
    """What `rollback` returns to; written by `promote`."""
    single_page: bool = False
    """Whether every path without a dot in its last part is the page `/index.html`, whose script knows what to show."""

    @property
    def named(self) -> dict[str, str]:
        """The releases that are shown, may be shown next, or may be returned to, by their role."""
        roles = {"live": self.live, "canary": self.canary.release if self.canary else None, "previous": self.previous}
        return {role: release for role, release in roles.items() if release}


def problems(site: Site) -> Iterator[Problem]:
    """What is wrong between the parts of the section."""
    if site.canary and site.canary.percent and site.canary.release == site.live:
        fix = "release another one, or end the canary with canary.percent 0 before live changes"
        yield Problem(f"{KEY}.canary.release", site.canary.release, f"is live: {fix}")
    if site.previous == site.live:
        yield Problem(
            f"{KEY}.previous", site.previous, "is the live release: `switchyard promote site` writes the one before, or remove it"
        )
