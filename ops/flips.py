"""Who flips: each service, and the site."""

from ops.deployment import Deployment
from ops.errors import BadInputError
from ops.flip import Flip
from ops.service_flip import ServiceFlip
from ops.site import SITE
from ops.site.flip import SiteFlip


def flip_of(deployment: Deployment, name: str) -> Flip:
    """A service or the site by its name; BadInputError names those that exist."""
    return SiteFlip(deployment) if name == SITE else ServiceFlip(deployment, name)


def every(deployment: Deployment) -> list[Flip]:
    """All of them that the stack has, the site last; what is in config and not up yet has nothing to flip."""
    services = [ServiceFlip(deployment, name) for name in deployment.target.file.settings().services]
    return [*services, SiteFlip(deployment)] if deployment.outputs.get(SITE) else list(services)


def one_or_all(deployment: Deployment, name: str | None, *, all_of_them: bool) -> list[Flip]:
    """What a command line names; BadInputError when it names nothing, or both one and all."""
    if all_of_them == bool(name):
        raise BadInputError("Name one service, or say --all.", f"`switchyard rollback SERVICE {deployment.options}`")
    return every(deployment) if all_of_them else [flip_of(deployment, str(name))]
