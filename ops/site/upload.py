"""A built site brought into the bucket: what is there already is not sent again, and what is there with other content is refused."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import groupby
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from ops.aws_errors import aws_error
from ops.console import Activity, count, listed
from ops.errors import EngineError, RefusedError
from ops.site.bucket import Bucket, Entry, Manifest, UnreadableError, manifest_key
from ops.site.build import SHOWN, Build, Item, prefix_of
from ops.site.headers import ASSETS

AT_ONCE = 8
"""Requests: S3 takes far more, a home's upstream does not."""
AGAIN = "Run the same command again: what is there already is not sent again."
ANOTHER = "A release never changes once it is complete: build again and take another --id."

T = TypeVar("T")


def manifest_of(build: Build) -> Manifest:
    """What the build's release consists of."""
    return Manifest(release=build.release, objects={item.key: Entry(sha256=item.sha256, size=item.size) for item in build.items})


def upload(bucket: Bucket, build: Build) -> int:
    """Send what is not there, pages last, and mark the release as complete; the number of files sent. RefusedError before anything is."""
    known = _known(bucket, build)
    left = _left(bucket, build, begun=not known)
    with Activity(f"site: sending {build.release}") as doing:
        sent = 0
        for _, turn in groupby(left, key=lambda item: (item.is_asset, item.is_page)):
            for _ in _at_once(lambda item: _send(bucket, item), list(turn)):
                sent += 1
                doing.tell(f"{sent} of {count(len(left), 'file')}")
    if not known and not bucket.publish(manifest_of(build)) and bucket.manifest(build.release) != manifest_of(build):
        raise RefusedError(f"The release {build.release} was completed by somebody else meanwhile, with other content.", ANOTHER)
    return len(left)


def _send(bucket: Bucket, item: Item) -> None:
    try:
        bucket.send(item)
    except (BotoCoreError, ClientError) as error:
        told = aws_error(error)
        raise EngineError(f"{item.key} could not be sent: {told.message if told else error}", AGAIN, changed=True) from error
    except OSError as error:
        raise EngineError(f"{item.path} cannot be read any more: {error.strerror}.", AGAIN, changed=True) from error


def _known(bucket: Bucket, build: Build) -> bool:
    """Whether the release is complete already; RefusedError when it is another one."""
    try:
        manifest = bucket.manifest(build.release)
    except UnreadableError as error:
        raise RefusedError(f"{error}: nobody can say what the release {build.release} is.", "Take another --id.") from None
    fresh = manifest_of(build)
    if manifest is None or manifest == fresh:
        return manifest is not None
    keys = sorted({*manifest.objects, *fresh.objects})
    differ = [key for key in keys if manifest.objects.get(key) != fresh.objects.get(key)]
    told = f"The release {build.release} is in the bucket with other content ({manifest_key(build.release)}); nothing was sent."
    raise RefusedError(f"{told}\n{listed(differ, SHOWN)}", ANOTHER)


def _left(bucket: Bucket, build: Build, *, begun: bool) -> list[Item]:
    """What has to be sent; `begun` when the release is not complete, so that another build may have left something there."""
    there = {**bucket.listed(ASSETS), **bucket.listed(prefix_of(build.release))}
    ours = {item.key for item in build.items}
    strange = [key for key in there if not key.startswith(ASSETS) and key not in ours]
    if begun and strange:
        told = f"An upload of another build began as {build.release} and has not ended: it left what this one does not have."
        raise RefusedError(f"{told}\n{listed(strange, SHOWN)}", "Take another --id.")
    candidates = [item for item in build.items if item.key in there and there[item.key].size == item.size]
    same = {item.key for item, checksum in _at_once(lambda item: bucket.checksum(item.key), candidates) if checksum == item.sha256}
    left = [item for item in build.items if item.key not in same]
    changed = [item.key for item in left if item.is_asset and item.key in there]
    if changed:
        told = "The bucket has assets of these names with other content, and browsers keep an asset for a year; nothing was sent."
        fix = "Their names hold no hash of their content: let the build put one there, or move them out of assets/."
        raise RefusedError(f"{told}\n{listed(changed, SHOWN)}", fix)
    return left


def _at_once(work: Callable[[Item], T], items: Sequence[Item]) -> Iterator[tuple[Item, T]]:
    """Do it for each, a few at a time, and give back what is done; the first error ends it, with nothing begun any more."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {pool.submit(work, item): item for item in items}
        try:
            for future in as_completed(running):
                yield running[future], future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
