"""Every way of dying half-way: after each the same command reaches the wanted state, and nothing is doubled or lost. In this order."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ops.errors import Exit
from ops.searches import AGAIN
from sandbox import faults
from sandbox.emulator import State
from settings_types import Color
from tests.engine.conftest import FACTS, Switchyard
from tests.engine.fault_cases import AT_THE_END, FROM_NOTHING, ON_THE_STACK, Case
from tests.engine.inventory import differences, latest

pytestmark = pytest.mark.engine

TARGET = ("-s", "staging", "--sandbox")
SECOND = "second"
"""The name of an alarm, as a replacement leaves it whose engine died: AWS has the new one, and the state the old one."""


def strike(switchyard: Switchyard, case: Case) -> None:
    """Run the command into the fault; it says what happened, and how it ends is as the case has it."""
    faults.plan(switchyard.sandbox.folder, case.fault)
    ended = switchyard.run(*case.words, *TARGET)
    assert faults.call_off(switchyard.sandbox.folder), f"{case} struck nothing: {ended.stdout}{ended.stderr}"
    assert case.says in ended.stdout + ended.stderr
    assert ended.returncode in ({Exit.DONE} if case.survives else {Exit.FAILED, Exit.INTERRUPTED}), ended.stdout + ended.stderr


def assert_in_order(switchyard: Switchyard) -> None:
    """What AWS has is what the state has, nothing is half-done, nothing is locked, and AWS does what config says."""
    assert differences(switchyard) == []
    assert latest(switchyard).get("pending_operations") is None
    assert [each["urn"] for each in latest(switchyard)["resources"] if each.get("refreshBeforeUpdate")] == []
    assert list(switchyard.locks.glob("*")) == []
    for name, service in switchyard.file.settings().services.items():
        assert switchyard.weights(name) == {str(color): service.weight(color) for color in Color}


@pytest.mark.parametrize("case", FROM_NOTHING, ids=str)
def test_an_up_goes_on_where_the_one_before_died(switchyard: Switchyard, case: Case) -> None:
    """Each is the next ordinary command for the fault before it; the last one reaches the end."""
    strike(switchyard, case)
    if case.survives:
        assert_in_order(switchyard)


@pytest.mark.parametrize("case", ON_THE_STACK, ids=str)
def test_the_same_command_again_reaches_the_wanted_state(switchyard: Switchyard, case: Case) -> None:
    """As if nothing had been: whether AWS had done it before the engine died, or not."""
    strike(switchyard, case)
    if not case.survives:
        again = switchyard.run(*case.words, *TARGET)
        assert again.returncode == Exit.DONE, again.stdout + again.stderr
    assert_in_order(switchyard)


def test_a_rollback_is_not_kept_by_what_is_half_done_elsewhere(switchyard: Switchyard) -> None:
    """It says what that is, and leaves it to the next `up`: the test after this one."""
    with edited(switchyard) as state:
        [alarm] = [each for each in state["resources"] if each["urn"].endswith("::lb-5xx")]
        state["resources"].remove(alarm)
        state["pending_operations"] = [begun(alarm)]
    ended = switchyard.run("rollback", "web", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr
    assert "! half-done: creating MetricAlarm lb-5xx" in ended.stderr
    assert switchyard.weights("web") == {"blue": 100, "green": 0}
    assert [each["resource"]["urn"] for each in latest(switchyard)["pending_operations"]] == [alarm["urn"]]


def test_everything_is_found_again_when_nothing_was_noted(switchyard: Switchyard) -> None:
    """The worst case, which takes every type at once: all was begun, AWS has it, and no end was noted. A second one of a thing goes."""
    how = {"Namespace": "a", "MetricName": "b", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1}
    switchyard.sandbox.client("cloudwatch", FACTS).put_metric_alarm(AlarmName=SECOND, ComparisonOperator="LessThanThreshold", **how)
    with edited(switchyard) as state:
        forget_ends(state)
        [first] = [each["resource"] for each in state["pending_operations"] if each["resource"]["urn"].endswith("::lb-rejected")]
        state["pending_operations"].append(begun({**first, "inputs": {**first["inputs"], "name": SECOND}}))
    ended = switchyard.run("up", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stdout + ended.stderr
    assert ended.stderr.count("which an interrupted update had begun: taken over") == len(state["pending_operations"]) - 1
    assert f"· found MetricAlarm lb-rejected ({SECOND}), which an interrupted update had begun: a second one" in ended.stderr
    assert_in_order(switchyard)


@contextmanager
def edited(switchyard: Switchyard) -> Iterator[dict[str, Any]]:
    """Give the engine's state to be changed."""
    document = json.loads(switchyard.state.read_text(encoding="utf-8"))
    yield document["checkpoint"]["latest"]
    switchyard.state.write_text(json.dumps(document), encoding="utf-8")


def begun(resource: dict[str, Any]) -> dict[str, Any]:
    """The operation that is noted before a resource is made."""
    return {"resource": {key: value for key, value in resource.items() if key not in {"id", "outputs"}}, "type": "creating"}


def forget_ends(state: dict[str, Any]) -> None:
    """Let the state say of each thing that is looked for in AWS that it is being made, and know nothing of the others.

    What is simply made again is left out with whatever names it, since a state cannot hold a thing without what it depends on.
    """
    made = [*state["resources"], *(each["resource"] for each in state.get("pending_operations") or ())]
    gone = {each["urn"] for each in made if each["type"] in {*AGAIN, "aws:cloudwatch/compositeAlarm:CompositeAlarm"}}
    kept = [each for each in made if each["urn"] not in gone]
    for each in kept:
        each["dependencies"] = [urn for urn in each.get("dependencies") or () if urn not in gone]
        names = each.get("propertyDependencies") or {}
        each["propertyDependencies"] = {name: [urn for urn in urns or () if urn not in gone] for name, urns in names.items()}
    in_aws = [each for each in kept if each["custom"] and not each["type"].startswith("pulumi:")]
    state["resources"] = [each for each in kept if each not in in_aws]
    state["pending_operations"] = [begun(each) for each in in_aws]


@pytest.mark.parametrize("case", AT_THE_END, ids=str)
def test_the_same_command_again_leaves_nothing(switchyard: Switchyard, case: Case) -> None:
    """What was deleted and not noted is not missed."""
    strike(switchyard, case)
    again = switchyard.run(*case.words, *TARGET)
    assert again.returncode == Exit.DONE, again.stdout + again.stderr
    assert "✓ staging is gone: " in again.stdout
    assert switchyard.sandbox.emulator.status().state is State.STOPPED
