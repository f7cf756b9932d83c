"""`switchyard shift SERVICE PERCENT`: a share of the traffic onto the color, or of the site's users onto the release, that is not live."""

from ops.deployment import Deployment
from ops.flips import flip_of
from ops.moves import make
from ops.watch import watch


def shift(deployment: Deployment, name: str, percent: int, watch_minutes: int = 0) -> None:
    """Set the canary; what receives users is seen to be ready first. A canary that is watched goes back by itself."""
    flip = flip_of(deployment, name)
    make(deployment, flip, flip.shifted(percent, watched=bool(watch_minutes)))
    if watch_minutes:
        watch(deployment, name, watch_minutes)
