"""A canary under watch: page alarms and targets are looked at, and the way back is taken when one is bad or cannot be read."""

import time
from collections.abc import Callable, Iterator

from botocore.exceptions import BotoCoreError, ClientError

from ops.alarms import page_alarms
from ops.commands.rollback import rollback
from ops.console import Activity, done, warn
from ops.deployment import Deployment
from ops.errors import EngineError, RefusedError
from ops.traffic import Traffic

POLL_SECONDS = 15
"""CloudWatch's alarms look once a minute; the balancer's health checks every ten seconds."""


def calm_before(deployment: Deployment, service: str) -> None:
    """RefusedError when something is bad before any traffic moves: an alarm that fires already cannot tell what the canary does."""
    found = list(troubles(deployment, service))
    if found:
        told = "\n".join(f"  {trouble}" for trouble in found)
        hint = f"Mend it first, or shift without --watch: `switchyard verify {deployment.options}` shows more."
        raise RefusedError(f"{service} is not calm, so a canary cannot be watched; nothing was changed.\n{told}", hint)


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


def troubles(deployment: Deployment, service: str) -> Iterator[str]:
    """What is bad of a service now, or cannot be read."""
    try:
        alarms = page_alarms(deployment, service)
        yield from (str(alarm) for alarm in alarms if not alarm.calm)
        if not alarms:
            yield "no alarm would page for it"
        for color, state in Traffic(deployment).colors(service).items():
            if state.weight and state.on_release < state.floor:
                yield f"{color} takes {state.weight} % and has {state.on_release} healthy targets of {state.floor}"
    except (BotoCoreError, ClientError) as error:
        yield f"it cannot be read: {error}"
