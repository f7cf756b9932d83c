"""Who changed something in AWS and when, where CloudTrail can say."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from ops.target import Target

MOST = 20
"""Look-ups at a time: AWS takes two a second in an account and region."""


@dataclass(frozen=True)
class Trace:
    """The last call that wrote to a resource."""

    who: str
    """The caller's ARN, or the name that CloudTrail gives it."""
    when: datetime
    what: str
    """The call, in AWS's words."""

    def __str__(self) -> str:
        return f"{self.what} by {self.who}, {self.when.astimezone():%Y-%m-%d %H:%M}"


class Trail:
    """Asks the event history, which CloudTrail keeps of the last 90 days in every account; events take some minutes to come in.

    It names the last write that lists the resource. Not every call lists its resources, so there may be none.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._known: dict[str, Trace | None] = {}
        self._silent = False

    def last_write(self, resource: str) -> Trace | None:
        """The last call that changed a resource, by its id, name or ARN; None when nobody can say, or CloudTrail does not answer."""
        if resource not in self._known:
            if self._silent or len(self._known) >= MOST or not resource:
                return None
            self._known[resource] = self._asked(resource)
        return self._known[resource]

    def _asked(self, resource: str) -> Trace | None:
        """Any error ends the asking: who it was matters less than what differs, which is known."""
        try:
            wanted = [{"AttributeKey": "ResourceName", "AttributeValue": resource}]
            events = self._target.client("cloudtrail").lookup_events(LookupAttributes=wanted)["Events"]
        except (BotoCoreError, ClientError):
            self._silent = True
            return None
        writes = [event for event in events if event.get("ReadOnly") != "true"]
        return _trace(max(writes, key=lambda event: event["EventTime"])) if writes else None


def _trace(event: dict[str, Any]) -> Trace:
    try:
        identity = json.loads(event.get("CloudTrailEvent") or "{}").get("userIdentity") or {}
    except ValueError:
        identity = {}
    return Trace(identity.get("arn") or event.get("Username") or "somebody unnamed", event["EventTime"], event["EventName"])
