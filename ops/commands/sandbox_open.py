"""`switchyard sandbox open`: the site and its services on loopback, through the stack's own distribution."""

from collections.abc import Mapping
from functools import partial

from components.edge import CACHING_KEY, MAINTENANCE_KEY, TRAFFIC_KEY
from ops.console import done, out, warn
from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.target import SandboxTarget
from sandbox.edge.distribution import Bucket, Distribution
from sandbox.edge.edge import Edge
from sandbox.edge.functions import Functions, Store, find_node
from sandbox.edge.origins import Origins
from sandbox.edge.server import LEFT_OUT, bound
from sandbox.edge.view import View
from sandbox.loopback import HOST
from sandbox.sample import plant_sample, sample_site
from settings import Settings

KEY = "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey"


def sandbox_open(deployment: Deployment, port: int) -> None:
    """Serve until Ctrl-C; what commands change meanwhile shows at the next request."""
    target = deployment.target
    if not isinstance(target, SandboxTarget):
        raise BadInputError(f"{target.name} is not opened in the sandbox.", "Its own address is its domain name.")
    find_node()
    view = View(partial(target.sandbox.stamp, target.name), partial(target.sandbox.resources, target.name))
    settings = target.file.settings()
    _plant(target, view.distribution(), settings)
    with Functions() as functions:
        edge = Edge(view.distribution, partial(keys, view), Origins(target.client), functions)
        with bound(edge.answer, port) as server:
            done(f"{settings.domain.name} of {target.name} answers at http://{HOST}:{server.server_port}/ (Ctrl-C ends it)")
            out.print(f"  services: {', '.join(paths_of(settings).values())}", soft_wrap=True)
            warn(f"left out here: {LEFT_OUT}")
            try:
                server.serve_forever(poll_interval=0.05)
            except KeyboardInterrupt:
                done("closed")


def keys(view: View) -> Store:
    """The values of the store's keys."""
    found = {each["inputs"]["key"]: each["inputs"]["value"] for each in view.resources() if each["type"] == KEY}
    return {key: found[key] for key in (TRAFFIC_KEY, MAINTENANCE_KEY, CACHING_KEY) if key in found}


def paths_of(settings: Settings) -> Mapping[str, str]:
    """A path of each service that its first pattern fits."""
    return {name: service.paths[0].replace("*", "").replace("?", "-") for name, service in settings.services.items()}


def _plant(target: SandboxTarget, distribution: Distribution, settings: Settings) -> None:
    """Plant the sample in the bucket, and in its copy, since the emulator copies nothing."""
    files = sample_site(settings.site.live, paths_of(settings))
    buckets = [origin for origin in distribution.origins.values() if isinstance(origin, Bucket)]
    planted = [plant_sample(target.client("s3", bucket.region), bucket.name, settings.site.live, files) for bucket in buckets]
    if planted[0]:
        warn(f"the bucket has no release {settings.site.live}, which config names: a sample is planted in its place")
