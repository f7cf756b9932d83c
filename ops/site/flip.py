"""The site as something that flips: between its releases, by one key at the edge, onto releases that are complete."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from ops.console import listed, warn
from ops.deployment import Deployment
from ops.errors import BadInputError, RefusedError
from ops.flip import Admission, Barrier, Move, Return
from ops.parts import Part, site_traffic
from ops.site import SITE
from ops.site.bucket import Bucket
from ops.site.shown import UNREADABLE, by_aws, by_config
from settings_site import Site

ALL = 100
"""Percent."""
FEW = 5
"""Gaps of a release that are listed."""


@dataclass(frozen=True)
class SiteFlip:
    """The site of a stack."""

    deployment: Deployment
    name = SITE
    no_way = "no canary takes users, and no release was live before."

    @property
    def part(self) -> Part:
        """The key's value."""
        return site_traffic()

    @property
    def _config(self) -> Site:
        """Read anew each time, since commands edit it."""
        return self.deployment.target.file.settings().site

    def wanted(self) -> Mapping[str, str]:
        """Releases by their roles, and the canary's share."""
        return by_config(self._config).words

    def found(self) -> Mapping[str, str]:
        """The same by the key."""
        shown = by_aws(self.deployment)
        return shown.words if shown else dict.fromkeys(self.wanted(), UNREADABLE)

    def remembered(self) -> Sequence[str]:
        """Nothing: what the edge holds of a release is held under that release's path."""
        return ()

    def gaps(self) -> Iterator[str]:
        """What the releases lack that users see now."""
        for release in by_config(self._config).shares:
            yield from (f"users see {release}, and {gap}" for gap in self._known_gaps(release))

    def shifted(self, percent: int, *, watched: bool) -> Move:
        """A share of the users on the canary; the release that gains users is complete."""
        if watched:
            told = "The site has no alarms and targets of its own that --watch could look at."
            raise BadInputError(told, f"`switchyard shift {SITE} {percent} {self.deployment.options}`, and look at it in a browser.")
        site, canary = self._config, self._canary("shift to")
        before = site.canary.percent if site.canary else 0
        gains = canary if percent > before else site.live
        return Move(
            message=f"shift {SITE}: {percent} % to {canary}",
            keys={f"{SITE}.canary.percent": percent},
            undo=f"shift {SITE} {before}" if before else f"rollback {SITE}",
            told=f"{ALL - percent} % of the users see {site.live}, {percent} % {canary}",
            admit=lambda: self._must_be_complete(gains),
        )

    def promoted(self) -> Move:
        """All users on the canary's release; the one before is remembered."""
        site, fresh = self._config, self._canary("promote")
        return Move(
            message=f"promote {SITE}: {fresh} is live",
            keys={f"{SITE}.live": fresh, f"{SITE}.canary.percent": 0, f"{SITE}.previous": site.live},
            undo=f"rollback {SITE}",
            told=f"all users see {fresh}; {site.live} stays in the bucket, to go back to",
            admit=lambda: self._must_be_complete(fresh),
        )

    def way_back(self) -> Return | None:
        """The end of the canary, which nothing bars; else the release before, if it is there."""
        site = self._config
        if site.canary and site.canary.percent:
            ended = {f"{SITE}.canary.percent": 0, f"{SITE}.previous": None}
            return Return(SITE, site.live, ended, [f"shift {SITE} {site.canary.percent}"])
        if site.previous:
            keys = {f"{SITE}.live": site.previous, f"{SITE}.previous": None}
            waits = site.canary and site.canary.release == site.live
            undo = [*([] if waits else [f"release {SITE} --id {site.live}"]), f"promote {SITE}"]
            return Return(SITE, site.previous, keys, undo, self._barrier(site.previous))
        return None

    def again(self) -> Return:
        """The releases of config."""
        return Return(SITE, self._config.live, {}, [])

    def wait_before(self, back: Return) -> Admission | None:
        """Nothing: the edge has no capacity to wait for."""
        del back
        return None

    def kept(self, back: Return) -> tuple[Mapping[str, Any], Sequence[Part]]:
        """Nothing."""
        del back
        return {}, []

    def _canary(self, doing: str) -> str:
        """The release that waits."""
        site = self._config
        if site.canary and site.canary.release != site.live:
            return site.canary.release
        told = f"{site.live} is live, and no other release waits as canary." if site.canary else f"no release waits beside {site.live}."
        raise RefusedError(
            f"{SITE}: nothing to {doing}: {told}", f"`switchyard release {SITE} --from DIR --id ID {self.deployment.options}` brings one."
        )

    def _must_be_complete(self, release: str) -> None:
        gaps = list(Bucket(self.deployment).gaps(release))
        if gaps:
            fix = f"`switchyard release {SITE} --from DIR --id {release} {self.deployment.options}` sends what is missing."
            raise RefusedError(f"{SITE}: {release} is not complete in the bucket; nothing was changed.\n{listed(gaps, FEW)}", fix)

    def _barrier(self, release: str) -> Barrier | None:
        gaps = self._known_gaps(release)
        if not gaps:
            return None
        return Barrier(
            told=f"{SITE}: {release} is not complete in the bucket.\n{listed(gaps, FEW)}",
            fix="Release a fix and promote it; or --force, if users may miss what is listed.",
            forced=f"going back to {release}, which is not complete, since --force says so",
        )

    def _known_gaps(self, release: str) -> list[str]:
        """What a release lacks as far as AWS says: a bucket that does not answer is no reason to stay where it hurts."""
        try:
            return list(Bucket(self.deployment).gaps(release))
        except (BotoCoreError, ClientError) as error:
            warn(f"{SITE}: whether {release} is complete cannot be read: {error}")
            return []
