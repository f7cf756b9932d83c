"""Whether a service is calm: its page alarms, and the targets of the colors that take traffic."""

from collections.abc import Iterator

from botocore.exceptions import BotoCoreError, ClientError

from ops.alarms import page_alarms
from ops.deployment import Deployment
from ops.errors import RefusedError
from ops.traffic import Traffic


def calm_before(deployment: Deployment, service: str) -> None:
    """RefusedError when something is bad before any traffic moves: an alarm that fires already cannot tell what the canary does."""
    found = list(troubles(deployment, service))
    if found:
        told = "\n".join(f"  {trouble}" for trouble in found)
        hint = f"Mend it first, or shift without --watch: `switchyard verify {deployment.options}` shows more."
        raise RefusedError(f"{service} is not calm, so a canary cannot be watched; nothing was changed.\n{told}", hint)


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
