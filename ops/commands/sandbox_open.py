"""`switchyard sandbox open`: the site and its services on loopback, through the stack's own distribution."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from components.edge import CACHING_KEY, MAINTENANCE_KEY, TRAFFIC_KEY
from ops.console import done, out, warn
from ops.deployment import Deployment
from ops.edge_store import read as read_key
from ops.errors import BadInputError
from ops.site.bucket import Bucket as SiteBucket
from ops.site.build import Build, prefix_of
from ops.site.build import read as read_build
from ops.site.headers import cache_control, content_type
from ops.site.upload import upload
from ops.target import SandboxTarget
from sandbox.edge.distribution import Bucket, Distribution
from sandbox.edge.edge import Edge
from sandbox.edge.functions import Functions, Store, find_node
from sandbox.edge.origins import Origins
from sandbox.edge.server import LEFT_OUT, bound
from sandbox.edge.view import View
from sandbox.loopback import HOST
from sandbox.sample import write_sample
from settings import Settings

KEYS = (TRAFFIC_KEY, MAINTENANCE_KEY, CACHING_KEY)


def sandbox_open(deployment: Deployment, port: int) -> None:
    """Serve until Ctrl-C; what commands change meanwhile shows at the next request."""
    target = deployment.target
    if not isinstance(target, SandboxTarget):
        raise BadInputError(f"{target.name} is not opened in the sandbox.", "Its own address is its domain name.")
    find_node()
    view = View(partial(target.sandbox.stamp, target.name), partial(target.sandbox.resources, target.name))
    settings = target.file.settings()
    if plant(deployment, view.distribution()):
        warn(f"the bucket has no release {settings.site.live}, which config names: a sample is planted in its place")
    with Functions() as functions:
        edge = Edge(view.distribution, partial(keys, deployment), Origins(target.client), functions)
        with bound(edge.answer, port) as server:
            done(f"{settings.domain.name} of {target.name} answers at http://{HOST}:{server.server_port}/ (Ctrl-C ends it)")
            out.print(f"  services: {', '.join(paths_of(settings).values())}", soft_wrap=True)
            warn(f"left out here: {LEFT_OUT}")
            try:
                server.serve_forever(poll_interval=0.05)
            except KeyboardInterrupt:
                done("closed")


def keys(deployment: Deployment) -> Store:
    """The values of the store's keys; None while it does not answer."""
    try:
        return {key: read_key(deployment, key) for key in KEYS}
    except (BotoCoreError, ClientError):
        return None


def paths_of(settings: Settings) -> Mapping[str, str]:
    """A path of each service that its first pattern fits."""
    return {name: service.paths[0].replace("*", "").replace("?", "-") for name, service in settings.services.items()}


def plant(deployment: Deployment, distribution: Distribution) -> bool:
    """Upload the sample as the live release, if the bucket has nothing of it; and to the copy too, since the emulator copies nothing."""
    settings, bucket = deployment.target.file.settings(), SiteBucket(deployment)
    release = settings.site.live
    if bucket.listed(prefix_of(release)):
        return False
    with TemporaryDirectory() as folder:
        write_sample(Path(folder), release, paths_of(settings))
        build = read_build(Path(folder), release)
        upload(bucket, build)
        for copy in (each for each in distribution.origins.values() if isinstance(each, Bucket) and each.name != bucket.name):
            _copy(deployment.target.client("s3", copy.region), copy.name, build)
    return True


def _copy(s3: Any, bucket: str, build: Build) -> None:
    for item in build.items:
        headers = {"ContentType": content_type(item.key), "CacheControl": cache_control(item.key)}
        s3.put_object(Bucket=bucket, Key=item.key, Body=item.path.read_bytes(), **headers)
