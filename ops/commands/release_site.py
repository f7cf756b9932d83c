"""`switchyard release site --from DIR --id ID`: a built site into the bucket, where it waits as the canary; no user sees it yet."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from ops.change import Change, carry_out, landed, report, undrifted
from ops.console import commands, count, done, first, warn
from ops.deployment import Deployment
from ops.errors import BadInputError, EngineError, RefusedError
from ops.site import SITE
from ops.site.bucket import Bucket
from ops.site.build import Build, check_id, read
from ops.site.flip import SiteFlip
from ops.site.shown import by_aws, by_config
from ops.site.unnamed import tidy
from ops.site.upload import upload


def only_for(name: str, of_site: Mapping[str, object], of_services: Mapping[str, object]) -> None:
    """BadInputError when options of the one are given with the other's name."""
    site = name == SITE
    given = [option for option, value in (of_services if site else of_site).items() if value]
    if given:
        what = "A release of the site is files and an id" if site else f"A release of the service {name} is an image and an AMI"
        example = f"release {SITE} --from dist --id r42" if site else f"release {name} --image …"
        raise BadInputError(f"{what}: {', '.join(given)} {'says' if len(given) == 1 else 'say'} nothing of it.", f"`switchyard {example}`")


def release_site(
    deployment: Deployment, release: str, folder: Path | None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> None:
    """Upload what is not there, name it as the canary of 0 %, and remove assets of old; without a folder, name one that is there."""
    build = _build(deployment, release, folder)
    flip, site = SiteFlip(deployment), deployment.target.file.settings().site
    if site.canary and site.canary.percent and release != site.live:
        told = (
            f"{SITE}: {site.canary.release} is shown to {site.canary.percent} % of the users as canary, and there is one canary at a time."
        )
        raise RefusedError(told, f"End it first: `switchyard promote {SITE} {deployment.options}`, or rollback.")
    bucket = Bucket(deployment)
    if release != site.live:
        undrifted(deployment, flip)
    if build:
        _sent(bucket, build)
    _complete(deployment, bucket, release, sent=bool(build))
    if release == site.live:
        done(f"{SITE}: {release} is live already, so that config stays as it is")
    else:
        _wait_as_canary(deployment, flip, release)
    _tidy(deployment, bucket, clock())


def _build(deployment: Deployment, release: str, folder: Path | None) -> Build | None:
    example = f"`switchyard release {SITE} --from dist --id r42 {deployment.options}`"
    if not release:
        raise BadInputError("A release of the site needs an id, by which it is shifted to, promoted and found again.", example)
    if folder:
        return read(folder, release)
    check_id(release)
    return None


def _sent(bucket: Bucket, build: Build) -> None:
    """Upload, and say how much there was to do."""
    if build.unreachable:
        shown = ", ".join(key.split("/", 2)[2] for key in build.unreachable[:3])
        told = f"{count(len(build.unreachable), 'file')} without a dot in the name ({shown})"
        warn(f"{SITE}: nobody can fetch {told}: the edge takes such an address for a folder with an index.html")
    sent = upload(bucket, build)
    every = count(len(build.items), "file")
    if sent:
        done(f"{SITE}: {build.release} is in the bucket: {every}, {sent} of them sent")
    else:
        done(f"{SITE}: {build.release} was in the bucket already, {every} of the same content: nothing was sent")


def _complete(deployment: Deployment, bucket: Bucket, release: str, *, sent: bool) -> None:
    """See that everything has arrived; where nothing was sent, that it is there already."""
    gaps = list(bucket.gaps(release))
    if gaps:
        error = EngineError if sent else RefusedError
        told = f"{SITE}: {release} is not complete in the bucket: {first(gaps)}."
        raise error(told, f"`switchyard release {SITE} --from DIR --id {release} {deployment.options}` sends what is missing.")


def _wait_as_canary(deployment: Deployment, flip: SiteFlip, release: str) -> None:
    """Name it in config and at the edge, for nobody yet."""
    before = deployment.target.file.settings().site.canary
    undo = [f"release {SITE} --id {before.release}"] if before and before.release != release else []
    keys = {f"{SITE}.canary.release": release, f"{SITE}.canary.percent": 0}
    change = Change(f"release {SITE}: {release}", keys, [flip.part], undo)
    edit = carry_out(deployment, change)
    landed(deployment, [flip])
    done(f"{SITE}: {release} waits as canary; no user sees it yet")
    report(deployment, change, edit)
    commands("Next:", [f"switchyard shift {SITE} 10 {deployment.options}", f"switchyard promote {SITE} {deployment.options}"])


def _tidy(deployment: Deployment, bucket: Bucket, now: datetime) -> None:
    """Remove assets that neither config nor the edge needs; what goes wrong here takes nothing from the release."""
    try:
        shown = by_aws(deployment)
        if shown is None:
            warn(f"{SITE}: no asset was removed, since nobody can read what the edge shows")
            return
        tidy(bucket, shown.releases | by_config(deployment.target.file.settings().site).releases, now)
    except (BotoCoreError, ClientError) as error:
        warn(f"{SITE}: assets that nothing needs could not be looked for: {error}")
