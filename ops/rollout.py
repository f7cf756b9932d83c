"""A release on its way: until every instance of a color, in service or warm, runs what config pins."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from ops.console import Activity, progress
from ops.deployment import Deployment
from ops.errors import EngineError
from ops.traffic import Fleet, Traffic, wiring
from settings_types import Color

POLL_SECONDS = 10
STALLED_SECONDS = 1500
"""One instance may take 15 minutes of grace and 2 of warm-up (components/auto_scaling.py); longer without one more is a stall."""

UNDER_WAY = {"Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress"}
"""States of an instance refresh that has not ended: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRefresh.html"""


class Rollout:
    """Watches one color; traffic is none of its business and stays where it is."""

    def __init__(self, deployment: Deployment, service: str, color: Color, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._target = deployment.target
        self._name, self._color, self._service = f"{service}'s {color}", color, service
        self._group = wiring(deployment, service).groups[color]
        self._traffic = Traffic(deployment)
        self._autoscaling = deployment.target.client("autoscaling")
        self._clock = clock
        self._before = self._refresh().get("InstanceRefreshId")

    def wait(self) -> Fleet:
        """Return the fleet once all of it runs the release and is healthy; EngineError when the refresh fails or stalls."""
        most, since = -1, self._clock()
        with Activity(f"{self._name}: replacing instances") as doing:
            while not (fleet := self._traffic.fleet(self._service, self._color)).is_current:
                self._look_at_refresh(fleet)
                if fleet.done > most:
                    most, since = fleet.done, self._clock()
                if self._clock() - since > STALLED_SECONDS:
                    raise self._failure(fleet, f"has not come further for {STALLED_SECONDS // 60} minutes")
                doing.tell(str(fleet))
                time.sleep(POLL_SECONDS)
            progress(f"{self._name}: {fleet} after {doing.seconds:.0f} s")
        return fleet

    def _look_at_refresh(self, fleet: Fleet) -> None:
        """EngineError when it has ended and instances are left; starts one where a release that is repeated finds none under way."""
        if self._target.sandboxed:
            raise self._failure(fleet, "has ended, and instances are left that run something else")
        refresh = self._refresh()
        status = refresh.get("Status", "")
        if status in UNDER_WAY or (status == "Successful" and fleet.stale == 0):
            return
        if refresh.get("InstanceRefreshId") != self._before:
            raise self._failure(fleet, f"is {status}: {refresh.get('StatusReason', 'no reason given').rstrip('.')}")
        progress(f"{self._name}: no instance refresh is under way: starting one")
        self._autoscaling.start_instance_refresh(AutoScalingGroupName=self._group, Preferences={"SkipMatching": True})
        self._before = None

    def _refresh(self) -> Mapping[str, Any]:
        """The newest instance refresh; none in the sandbox, whose provider replaces the instances itself, within the update."""
        if self._target.sandboxed:
            return {}
        found = self._autoscaling.describe_instance_refreshes(AutoScalingGroupName=self._group, MaxRecords=1)["InstanceRefreshes"]
        return dict(found[0]) if found else {}

    def _failure(self, fleet: Fleet, what: str) -> EngineError:
        failed = [
            f"\n  {activity['StatusMessage']}"
            for activity in self._autoscaling.describe_scaling_activities(AutoScalingGroupName=self._group)["Activities"][:10]
            if activity.get("StatusCode") == "Failed" and activity.get("StatusMessage")
        ]
        message = f"{self._name}: the instance refresh {what}. {fleet}. No traffic has moved.{''.join(failed[:1])}"
        return EngineError(
            message, f"Look at the log group of {self._service}/{self._color}; then release again, the same or better pins.", changed=True
        )
