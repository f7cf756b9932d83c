"""A release on its way. The emulated Auto Scaling has no instance refresh, so what AWS would say of one is given here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ops.errors import EngineError
from ops.rollout import Rollout
from settings_types import Color
from tests.ops.stand_in import StandIn

NEW = {"services.api.green.image": f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:{'d' * 64}"}
Watch = Callable[..., Rollout]


class AutoScaling:
    """Answers about instance refreshes in turn, the last one for ever; everything else is the emulator's."""

    def __init__(self, real: Any, answers: list[dict[str, str]]) -> None:
        self._real, self._answers = real, answers
        self.started: list[str] = []

    def describe_instance_refreshes(self, **_: Any) -> dict[str, Any]:
        """The newest one."""
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return {"InstanceRefreshes": [answer] if answer else []}

    def start_instance_refresh(self, AutoScalingGroupName: str, **_: Any) -> None:  # noqa: N803 -- AWS's name
        """Note it."""
        self.started.append(AutoScalingGroupName)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@pytest.fixture
def watch(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Watch green, whose pins are new, while AWS gives these answers; time passes with each look."""
    monkeypatch.setattr("ops.rollout.time.sleep", lambda _seconds: None)
    stack.target.file.edit(NEW)

    def watching(*answers: dict[str, str]) -> Rollout:
        clock: Iterator[float] = iter(range(0, 10**6, 300))
        made = AutoScaling(stack.cloud.client("autoscaling"), list(answers))
        real = stack.target.client
        monkeypatch.setattr(stack.target, "client", lambda service, region="": made if service == "autoscaling" else real(service, region))
        return Rollout(stack, "api", Color.GREEN, clock=lambda: next(clock))

    return watching


def test_it_ends_when_every_instance_runs_the_release(stack: StandIn, watch: Watch) -> None:
    """By each instance's own AMI and tag."""
    watching = watch({}, {"InstanceRefreshId": "1", "Status": "InProgress"})
    stack.cloud.release("api-green", stack.target.file.settings().services["api"].green)
    fleet = watching.wait()
    assert (fleet.done, fleet.is_current) == (2, True)


@pytest.mark.parametrize("status", ["Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"])
def test_a_refresh_that_ends_badly_is_told_with_awss_reason(watch: Watch, status: str) -> None:
    """How far it came, and that traffic is where it was."""
    watching = watch({}, {"InstanceRefreshId": "1", "Status": status, "StatusReason": "Health checks failed."})
    with pytest.raises(EngineError) as caught:
        watching.wait()
    said = f"api's green: the instance refresh is {status}: Health checks failed. 0 instances run the release, 2 still run another"
    assert caught.value.message.startswith(said)
    assert "No traffic has moved." in caught.value.message
    assert caught.value.changed


def test_a_refresh_that_comes_no_further_is_a_stall(watch: Watch) -> None:
    """Longer than the longest life of an instance before it counts."""
    with pytest.raises(EngineError, match="the instance refresh has not come further for 25 minutes"):
        watch({}, {"InstanceRefreshId": "1", "Status": "InProgress"}).wait()


def test_the_refresh_of_an_earlier_release_says_nothing_of_this_one(stack: StandIn, watch: Watch) -> None:
    """It failed before; a repeated release finds none under way and starts one."""
    failed = {"InstanceRefreshId": "1", "Status": "Failed"}
    watching = watch(failed, failed, {"InstanceRefreshId": "2", "Status": "InProgress"})
    with pytest.raises(EngineError, match="has not come further"):
        watching.wait()
    assert stack.target.client("autoscaling").started == [watching._group]


def test_in_the_sandbox_the_update_itself_replaces_the_instances(stack: StandIn, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left afterwards is a failure, not a wait."""
    monkeypatch.setattr(stack.target, "sandboxed", True)
    with pytest.raises(EngineError, match="has ended, and instances are left that run something else"):
        watch({}).wait()
