"""The sample in place of a site that nobody has released yet: for the sandbox, whose bucket begins empty."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ops.console import warn
from ops.deployment import Deployment
from ops.plan import name_of
from ops.site.bucket import Bucket
from ops.site.build import Build, prefix_of, read
from ops.site.headers import cache_control, content_type
from ops.site.upload import upload
from sandbox.sample import write_sample
from settings import Settings

COPY = "site-copy"


def plant(deployment: Deployment) -> bool:
    """Upload it as the live release, if the bucket has nothing of that, and to the copy too, since the emulator copies nothing."""
    settings, bucket = deployment.target.file.settings(), Bucket(deployment)
    release = settings.site.live
    if bucket.listed(prefix_of(release)):
        return False
    with TemporaryDirectory() as folder:
        write_sample(Path(folder), release, paths_of(settings))
        build = read(Path(folder), release)
        upload(bucket, build)
        for name, region in _copies(deployment):
            _copy(deployment.target.client("s3", region), name, build)
    warn(f"the site's bucket has no release {release}, which config names: a sample is planted in its place")
    return True


def paths_of(settings: Settings) -> Mapping[str, str]:
    """A path of each service that its first pattern fits."""
    return {name: service.paths[0].replace("*", "").replace("?", "-") for name, service in settings.services.items()}


def _copies(deployment: Deployment) -> Iterator[tuple[str, str]]:
    """The copy of the site's bucket, by name and region."""
    for each in deployment.resources:
        if each["type"] == "aws:s3/bucket:Bucket" and name_of(each["urn"]) == COPY:
            yield str(each["outputs"]["bucket"]), str(each["outputs"]["region"])


def _copy(s3: Any, bucket: str, build: Build) -> None:
    for item in build.items:
        headers = {"ContentType": content_type(item.key), "CacheControl": cache_control(item.key)}
        s3.put_object(Bucket=bucket, Key=item.key, Body=item.path.read_bytes(), **headers)
