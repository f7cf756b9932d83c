"""A canary under watch: page alarms and targets are looked at, and the way back is taken when one is bad or cannot be read."""

import time
from collections.abc import Callable

from ops.calm import troubles
from ops.commands.rollback import rollback
from ops.console import Activity, done, warn
from ops.deployment import Deployment
from ops.errors import EngineError

POLL_SECONDS = 15
"""CloudWatch's alarms look once a minute; the balancer's health checks every ten seconds."""


def watch(deployment: Deployment, service: str, minutes: int, *, clock: Callable[[], float] = time.monotonic) -> None:
    """Look for so long, and roll back at the first trouble; EngineError then, with what it was. Ctrl-C ends the watch, not the canary."""
    ends = clock() + 60 * minutes
    try:
        with Activity(f"{service}: watching") as doing:
            while clock() < ends:
                found = list(troubles(deployment, service))
                if found:
                    break
                doing.tell(f"calm, {(ends - clock()) / 60:.0f} minutes left")
                time.sleep(POLL_SECONDS)
            else:
                done(f"{service}: calm for {minutes} minutes; the canary stays as it is")
                return
    except KeyboardInterrupt:
        warn(f"{service}: no longer watched; the canary stays as it is")
        raise
    for trouble in found:
        warn(f"{service}: {trouble}")
    rollback(deployment, service, every=False, now=True, force=False)
    told = "; ".join(found)
    raise EngineError(
        f"{service}: the canary was taken back: {told}.", "Find out why before the next one; the release stays pinned.", changed=True
    )
