"""The static site released, moved and moved back: each time one key at the edge, and never the distribution."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.commands.promote import promote
from ops.commands.release_site import release_site
from ops.commands.rollback import rollback
from ops.commands.shift import shift
from ops.parts import SITE_TRAFFIC
from ops.rehearsal import Act, Stage, counted, hold, refused
from ops.site import SITE
from ops.site.bucket import Bucket
from ops.site.sample import paths_of
from ops.site.shown import by_aws
from sandbox.sample import write_sample

FRESH = "rehearsed"
CANARY_PERCENT = 10
KEY = f"update KeyvaluestoreKey {SITE_TRAFFIC}"


def _release(stage: Stage) -> str:
    with TemporaryDirectory() as folder:
        write_sample(Path(folder), FRESH, paths_of(stage.deployment.target.file.settings()))
        release_site(stage.deployment, FRESH, Path(folder))
    hold("what the release lacks", wanted=[], found=list(Bucket(stage.deployment).gaps(FRESH)))
    return _shown(stage, {_live(stage): 100})


def _canary(stage: Stage) -> str:
    shift(stage.deployment, SITE, CANARY_PERCENT)
    return _shown(stage, {_live(stage): 100 - CANARY_PERCENT, FRESH: CANARY_PERCENT})


def _promote(stage: Stage) -> str:
    promote(stage.deployment, SITE)
    return _shown(stage, {FRESH: 100})


def _rollback(stage: Stage) -> str:
    """Back, and once more, which is refused."""
    rollback(stage.deployment, SITE, every=False, now=False, force=False)
    seen = _shown(stage, {_live(stage): 100})
    said = refused(lambda: rollback(stage.deployment, SITE, every=False, now=False, force=False), "nothing to roll back to")
    return f"{seen}; then: {said}"


def _live(stage: Stage) -> str:
    return stage.deployment.target.file.settings().site.live


def _shown(stage: Stage, shares: Mapping[str, int]) -> str:
    """Hold the last operation to the key, and the edge to the shares."""
    hold("exactly one resource is updated", wanted=[KEY], found=stage.changed(-1)[0])
    shown = by_aws(stage.deployment)
    hold("shares at the edge", wanted=shares, found=shown and shown.shares)
    return f"{counted(stage.changed(-1))}; the edge: {shares}"


ACTS = (
    Act("release site", "the files are complete in the bucket, the release waits as canary, and one key changes", _release),
    Act(f"shift site {CANARY_PERCENT}", "one key changes, and the edge says so", _canary),
    Act("promote site", "one key changes: all users see the new release", _promote),
    Act("rollback site", "one key changes back; once more, and there is nothing to do", _rollback),
)
