"""Assets that no release needs any more. A ledger in the bucket says since when; nothing else may remove an asset, least of all its age."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from ops.console import count, progress, warn
from ops.site.bucket import MANIFESTS, Bucket, Listed, UnreadableError, manifest_key
from ops.site.headers import ASSETS

LEDGER = f"{MANIFESTS}_unnamed.json"
"""Asset and since when no release that is live, canary or previous names it. No release's id begins with an underscore."""
KEPT = timedelta(days=30)
"""So long a tab may stay open on a page of an older release, and ask for what belongs to it."""
BATCH = 1000
"""Objects of one DeleteObjects: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html"""

Ledger = Mapping[str, datetime]


def tidy(bucket: Bucket, releases: Collection[str], now: datetime) -> None:
    """Remove assets that none of the releases has named for `KEPT`; nothing where one of the releases cannot be read, which is said."""
    try:
        named = set(_named(bucket, releases))
    except UnreadableError as error:
        warn(f"site: no asset was removed, since nobody can say what is needed: {error}")
        return
    assets = bucket.listed(ASSETS)
    expired, ledger = sorted_out(assets, named, _ledger(bucket), now)
    kept = _removed(bucket, expired)
    if assets or ledger:
        times = {key: since.isoformat() for key, since in sorted({**ledger, **kept}.items())}
        bucket.write(LEDGER, json.dumps(times, indent=1))
    gone = len(expired) - len(kept)
    if gone:
        progress(f"site: {count(gone, 'asset')} removed, which no release had named for {KEPT.days} days")


def sorted_out(assets: Mapping[str, Listed], named: Collection[str], ledger: Ledger, now: datetime) -> tuple[Ledger, Ledger]:
    """The assets to remove, and the ledger of those that stay and are not named.

    An asset that was sent again since counts from then on, whatever the ledger says of the one before.
    """
    since = {key: max(ledger.get(key, now), listed.modified) for key, listed in assets.items() if key not in named}
    expired = {key: when for key, when in since.items() if now - when >= KEPT and key in ledger}
    return expired, {key: when for key, when in since.items() if key not in expired}


def _named(bucket: Bucket, releases: Collection[str]) -> Iterator[str]:
    for release in sorted(releases):
        manifest = bucket.manifest(release)
        if manifest is None:
            raise UnreadableError(f"{manifest_key(release)} is missing")
        yield from manifest.objects


def _ledger(bucket: Bucket) -> Ledger:
    """What was noted; one that cannot be read begins anew, which only keeps assets longer."""
    try:
        noted = json.loads(bucket.text(LEDGER) or "{}")
        return {str(key): datetime.fromisoformat(since).astimezone(UTC) for key, since in noted.items()}
    except (UnreadableError, ValueError, TypeError, AttributeError):
        warn(f"site: {LEDGER} cannot be read and begins anew: assets are kept longer")
        return {}


def _removed(bucket: Bucket, expired: Ledger) -> Ledger:
    """Remove them; those that S3 did not let go."""
    keys: Sequence[str] = sorted(expired)
    kept: dict[str, datetime] = {}
    for start in range(0, len(keys), BATCH):
        batch = [{"Key": key} for key in keys[start : start + BATCH]]
        answer = bucket.s3.delete_objects(Bucket=bucket.name, Delete={"Objects": batch, "Quiet": True})
        for error in answer.get("Errors", ()):
            warn(f"site: {error['Key']} could not be removed: {error.get('Message', error.get('Code'))}")
            kept[error["Key"]] = expired[error["Key"]]
    return kept
