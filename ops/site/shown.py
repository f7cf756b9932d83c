"""Which releases of the site users see: by config, by the committed file, and by AWS's own word."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from components.edge import TRAFFIC_KEY
from ops import edge_store
from ops.deployment import Deployment
from settings_site import Site

NONE = "none"
UNREADABLE = "what nobody can read"


@dataclass(frozen=True)
class Shown:
    """What the key `traffic` says."""

    live: str
    canary: str
    """Empty for none."""
    percent: int
    """Of the users, on the canary."""
    previous: str
    """Empty for none."""
    single_page: bool

    @property
    def words(self) -> dict[str, str]:
        """Who sees what, as people are told of it; whether it is a single page is no question of who."""
        return {
            "live": self.live,
            "canary": self.canary or NONE,
            "percent": f"{self.percent} %",
            "previous": self.previous or NONE,
        }

    @property
    def told(self) -> dict[str, str]:
        """All that the key says."""
        return {**self.words, "single_page": "on" if self.single_page else "off"}

    @property
    def shares(self) -> Mapping[str, int]:
        """Percent of the users by release, live first."""
        rest = {self.canary: self.percent} if self.percent else {}
        return {self.live: 100 - self.percent, **rest}

    @property
    def releases(self) -> set[str]:
        """Those that are named."""
        return {release for release in (self.live, self.canary, self.previous) if release}


def by_config(site: Site) -> Shown:
    """What a stack file says."""
    canary = site.canary
    return Shown(site.live, canary.release if canary else "", canary.percent if canary else 0, site.previous or "", site.single_page)


def by_text(text: str) -> Shown | None:
    """What a value of the key says; None when nobody can read it, the edge neither."""
    try:
        told = json.loads(text)
        return Shown(str(told["live"]), str(told["canary"]), int(told["percent"]), str(told.get("previous", "")), bool(told["single_page"]))
    except (ValueError, TypeError, KeyError):
        return None


def by_aws(deployment: Deployment) -> Shown | None:
    """What the edge reads. Raises botocore's errors, and BadInputError when there is no site yet."""
    return by_text(edge_store.read(deployment, TRAFFIC_KEY))
