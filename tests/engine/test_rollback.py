"""The way back with a burden of each kind elsewhere in the stack: it is one write all the same, and names the burden. In this order."""

from collections.abc import Iterator
from typing import Any

import pytest

from ops.acts.fault_cases import IMAGE, REFRESH
from ops.errors import Exit
from sandbox import faults
from sandbox.faults import Fault, Kind
from tests.engine.conftest import Switchyard
from tests.engine.state import begun, edited, latest

pytestmark = [pytest.mark.engine, pytest.mark.lean]

TARGET = ("-s", "staging", "--sandbox")
WEAK = {"module": "load_balancer", "constant": "TLS_POLICY", "value": "ELBSecurityPolicy-2016-08"}
HALF_REFRESHED = Fault(Kind.ENGINE_KILLED, operation=REFRESH)
"""The engine dies when one instance of the color has been replaced and the others have not."""


@pytest.fixture(scope="module")
def standing(switchyard: Switchyard) -> Iterator[Switchyard]:
    """The staging stack, up."""
    switchyard.set_up("up", *TARGET)
    yield switchyard
    ended = switchyard.run("down", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr


def done(standing: Switchyard, *words: str, **weakened: Any) -> str:
    """What a command that succeeds says on its second channel."""
    run = standing.run_weakened if weakened else standing.run
    ended = run(*words, *TARGET, **weakened)
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr
    return ended.stderr


def half_create(standing: Switchyard) -> dict[str, Any]:
    """Let the state say that an alarm's creation was begun and not ended."""
    with edited(standing) as state:
        alarm: dict[str, Any] = next(each for each in state["resources"] if each["urn"].endswith("::lb-5xx"))
        state["resources"].remove(alarm)
        state["pending_operations"] = [begun(alarm)]
    return alarm


def half_refresh(standing: Switchyard, service: str) -> None:
    """Let a release die when the first instance of the idle color has been replaced."""
    faults.plan(standing.sandbox.folder, HALF_REFRESHED)
    ended = standing.run("release", service, "--image", IMAGE, *TARGET)
    assert ended.returncode == Exit.FAILED, ended.stdout + ended.stderr
    assert faults.call_off(standing.sandbox.folder) == HALF_REFRESHED.operation


def test_a_violation_elsewhere_does_not_keep_it(standing: Switchyard) -> None:
    """It is told after the weights have landed."""
    done(standing, "shift", "web", "10")
    said = done(standing, "rollback", "web", **WEAK)
    assert standing.weights("web") == {"blue": 100, "green": 0}
    assert "! listener_uses_tls: " in said


def test_a_creation_that_was_cut_off_elsewhere_does_not_keep_it(standing: Switchyard) -> None:
    """It is told, and left to the next `up`."""
    done(standing, "shift", "web", "10")
    alarm = half_create(standing)
    said = done(standing, "rollback", "web")
    assert "! half-done: creating MetricAlarm lb-5xx" in said
    assert standing.weights("web") == {"blue": 100, "green": 0}
    assert [each["resource"]["urn"] for each in latest(standing)["pending_operations"]] == [alarm["urn"]]
    done(standing, "up")
    assert latest(standing).get("pending_operations") is None


def test_a_color_of_another_service_that_is_half_refreshed_does_not_keep_it(standing: Switchyard) -> None:
    """It is told, and the same release again ends it."""
    done(standing, "promote", "web")
    half_refresh(standing, "api")
    said = done(standing, "rollback", "web")
    assert "! half-done: updating Group api-green-group" in said
    assert standing.weights("web") == {"blue": 100, "green": 0}
    done(standing, "release", "api", "--image", IMAGE)


def test_all_of_it_at_once_does_not_keep_all_services(standing: Switchyard) -> None:
    """One goes back to the color that was live before, the other ends a canary."""
    done(standing, "promote", "api")
    done(standing, "shift", "web", "10")
    half_create(standing)
    said = done(standing, "rollback", "--all", **WEAK)
    assert "! half-done: creating MetricAlarm lb-5xx" in said
    assert "! listener_uses_tls: " in said
    for service in ("api", "web"):
        assert standing.weights(service) == {"blue": 100, "green": 0}
    done(standing, "up")


def test_a_color_whose_release_has_begun_is_not_returned_to(standing: Switchyard) -> None:
    """Config forgets it before the pins change, so that the way back is closed before there is anything else on it."""
    done(standing, "promote", "web")
    assert standing.file.settings().services["web"].previous == "blue"
    half_refresh(standing, "web")
    assert standing.file.settings().services["web"].previous is None
    ended = standing.run("rollback", "web", *TARGET)
    assert ended.returncode == Exit.REFUSED
    assert "web: nothing to roll back to: no canary runs, and no color was live before, or a release has begun on it since." in ended.stderr
    assert standing.weights("web") == {"blue": 0, "green": 100}
