"""`switchyard shift --watch`: a canary that goes back by itself."""

from collections.abc import Iterator

import pytest
from botocore.exceptions import EndpointConnectionError

from ops import watch
from ops.alarms import AlarmState, State
from ops.errors import Exit
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn

CALM = AlarmState("api-green-errors", State.OK, "")
SHIFT = ("shift", "api", "10", "--watch", "10")


class Alarms:
    """What CloudWatch says at each look: the last word for ever."""

    def __init__(self) -> None:
        self.looks: list[list[AlarmState] | Exception] = [[CALM]]

    def __call__(self, *_: object) -> list[AlarmState]:
        """The next word."""
        said = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        if isinstance(said, Exception):
            raise said
        return said


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> Alarms:
    """Alarms that say what the test wants; a minute passes with each look."""
    made = Alarms()
    clock: Iterator[float] = iter(range(0, 10**6, 60))
    monkeypatch.setattr("ops.calm.page_alarms", made)
    monkeypatch.setattr("ops.watch.time.sleep", lambda _seconds: None)
    monkeypatch.setattr("ops.watch.watch.__kwdefaults__", {"clock": lambda: next(clock)})
    return made


@pytest.mark.usefixtures("alarms")
def test_a_calm_canary_stays(stack: StandIn, run: Run) -> None:
    """It is said, and the traffic is where the shift put it."""
    result = run(*SHIFT)
    assert result.exit_code == Exit.DONE, result.stderr
    assert "api: calm for 10 minutes; the canary stays as it is" in result.stdout
    assert stack.cloud.weights("api") == {"blue": 90, "green": 10}


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ([AlarmState("api-green-errors", State.FIRING, "5 errors")], "api-green-errors: firing (5 errors)"),
        ([AlarmState("api-green-errors", State.NO_DATA, "")], "api-green-errors: no data"),
        ([AlarmState("api-green-errors", State.MISSING, "")], "api-green-errors: missing"),
        ([], "no alarm would page for it"),
        (EndpointConnectionError(endpoint_url="https://monitoring"), "it cannot be read: Could not connect"),
    ],
    ids=["firing", "no data", "missing", "none", "not to be read"],
)
def test_a_bad_one_goes_back_by_itself(stack: StandIn, run: Run, alarms: Alarms, bad: list[AlarmState] | Exception, told: str) -> None:
    """Whatever is not calm takes the traffic back: also that nobody can say."""
    alarms.looks = [[CALM], [CALM], bad]
    result = run(*SHIFT)
    assert result.exit_code == Exit.FAILED
    assert f"! api: {told}" in result.stderr
    assert "api: the canary was taken back: " in result.stderr
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}
    assert stack.applied == [["api-traffic"], ["api-traffic"]]


def test_a_color_that_loses_its_targets_goes_back(stack: StandIn, run: Run, alarms: Alarms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Targets are looked at beside the alarms: the balancer sees them sooner."""
    looked = iter(range(100))

    def lose(*_: object) -> list[AlarmState]:
        if next(looked) == 2:
            ids = [instance["InstanceId"] for instance in stack.cloud.group("api-green")["Instances"]]
            arn = stack.cloud.services["api"].target_groups["green"]  # type: ignore[index]  # a StrEnum's member is its text
            stack.cloud.client("elbv2").deregister_targets(TargetGroupArn=arn, Targets=[{"Id": each} for each in ids])
        return [CALM]

    monkeypatch.setattr("ops.calm.page_alarms", lose)
    result = run(*SHIFT)
    assert result.exit_code == Exit.FAILED
    assert "green takes 10 % and has 0 healthy targets of 2" in result.stderr
    assert stack.cloud.weights("api") == {"blue": 100, "green": 0}
    del alarms


def test_what_is_bad_before_the_shift_stops_it(stack: StandIn, run: Run, alarms: Alarms) -> None:
    """An alarm that fires already cannot tell what the canary does."""
    alarms.looks = [[AlarmState("lb-errors", State.FIRING, "")]]
    result = run(*SHIFT)
    assert result.exit_code == Exit.REFUSED
    assert "api is not calm, so a canary cannot be watched; nothing was changed.\n  lb-errors: firing" in result.stderr
    assert stack.applied == []


def test_ctrl_c_ends_the_watch_and_not_the_canary(stack: StandIn, run: Run, alarms: Alarms, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator takes over."""
    monkeypatch.setattr("ops.watch.time.sleep", lambda _seconds: (_ for _ in ()).throw(KeyboardInterrupt))
    result = run(*SHIFT)
    assert result.exit_code == Exit.INTERRUPTED
    assert "api: no longer watched; the canary stays as it is" in result.stderr
    assert stack.cloud.weights("api") == {"blue": 90, "green": 10}
    assert alarms.looks == [[CALM]]
    assert watch.POLL_SECONDS < 60
