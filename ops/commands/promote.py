"""`switchyard promote SERVICE`: all traffic onto the color, or the site's users onto the release, that is not live and becomes live."""

from ops.deployment import Deployment
from ops.flips import flip_of
from ops.moves import make


def promote(deployment: Deployment, name: str) -> None:
    """Flip; what was live is remembered as what `rollback` returns to."""
    flip = flip_of(deployment, name)
    make(deployment, flip, flip.promoted())
