"""`switchyard sandbox open`: the site and its services on loopback, through the stack's own distribution."""

from functools import partial

from botocore.exceptions import BotoCoreError, ClientError

from components.edge import CACHING_KEY, MAINTENANCE_KEY, TRAFFIC_KEY
from ops.console import done, out, warn
from ops.deployment import Deployment
from ops.edge_store import read
from ops.errors import BadInputError
from ops.site.sample import paths_of, plant
from ops.target import SandboxTarget
from sandbox.edge.edge import Edge
from sandbox.edge.functions import Functions, Store, find_node
from sandbox.edge.origins import Origins
from sandbox.edge.server import LEFT_OUT, bound
from sandbox.edge.view import View
from sandbox.loopback import HOST

KEYS = (TRAFFIC_KEY, MAINTENANCE_KEY, CACHING_KEY)


def sandbox_open(deployment: Deployment, port: int) -> None:
    """Serve until Ctrl-C; what commands change meanwhile shows at the next request."""
    target = deployment.target
    if not isinstance(target, SandboxTarget):
        raise BadInputError(f"{target.name} is not opened in the sandbox.", "Its own address is its domain name.")
    find_node()
    view = View(partial(target.sandbox.stamp, target.name), partial(target.sandbox.resources, target.name))
    settings = target.file.settings()
    plant(deployment)
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
        return {key: read(deployment, key) for key in KEYS}
    except (BotoCoreError, ClientError):
        return None
