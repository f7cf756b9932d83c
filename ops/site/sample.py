"""The sample in place of a site that nobody has released yet: for the sandbox, whose bucket begins empty."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.console import warn
from ops.deployment import Deployment
from ops.parts import BUCKET
from ops.plan import name_of
from ops.site.bucket import Bucket
from ops.site.build import prefix_of, read
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
        for item in build.items:
            source = {"Bucket": bucket.name, "Key": item.key}
            deployment.target.client("s3", region).copy_object(Bucket=name, Key=item.key, CopySource=source)
    warn(f"the site's bucket has no release {release}, which config names: a sample is planted in its place")
    return True


def paths_of(settings: Settings) -> Mapping[str, str]:
    """A path of each service that its first pattern fits."""
    return {name: service.paths[0].replace("*", "").replace("?", "-") for name, service in settings.services.items()}


def _copies(deployment: Deployment) -> Iterator[tuple[str, str]]:
    """The copy of the site's bucket, by name and region."""
    for each in deployment.resources:
        if each["type"] == BUCKET and name_of(each["urn"]) == COPY:
            yield str(each["outputs"]["bucket"]), str(each["outputs"]["region"])
