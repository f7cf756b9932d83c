"""Every way of dying half-way, as `rehearse --faults` plays it, and what only a state that is written by hand shows. In this order."""

from collections.abc import Iterator
from typing import Any

import pytest

from ops.acts import faults
from ops.console import progress
from ops.errors import Exit
from ops.rehearsal import Act, Stage
from ops.searches import AGAIN
from sandbox.provider import rows
from tests.engine.conftest import FACTS, Switchyard, unmeasured
from tests.engine.state import begun, edited

pytestmark = pytest.mark.engine

TARGET = ("-s", "staging", "--sandbox")
SECOND = "second"
"""The name of an alarm, as a replacement leaves it whose engine died: AWS has the new one, and the state the old one."""
[*BEFORE_THE_END], END = faults.ACTS[:-1], faults.ACTS[-1]


@pytest.fixture(scope="module")
def stage(switchyard: Switchyard) -> Iterator[Stage]:
    """The staging stack in a sandbox of its own, with nothing in it yet."""
    with unmeasured():
        yield Stage(switchyard.open(progress), "api", switchyard)


@pytest.mark.parametrize("act", BEFORE_THE_END, ids=lambda act: act.title)
def test_the_promise_is_kept(stage: Stage, act: Act) -> None:
    """Whatever strikes, it is said, and the next ordinary command reaches the wanted state."""
    assert act.play(stage)


def test_everything_is_found_again_when_nothing_was_noted(switchyard: Switchyard, stage: Stage) -> None:
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
    faults.in_order(stage.terminal)


def test_what_was_deleted_and_not_noted_is_not_missed(stage: Stage) -> None:
    """The last act: nothing is left."""
    assert "nothing is left" in END.play(stage)


def forget_ends(state: dict[str, Any]) -> None:
    """Let the state say of each thing that is looked for in AWS that it is being made, and know nothing of the others.

    What is simply made again, and what only the state knows, is left out with whatever names it: a state cannot hold a thing without what
    it depends on.
    """
    made = [*state["resources"], *(each["resource"] for each in state.get("pending_operations") or ())]
    recorded = {token for token, row in rows.of("aws").items() if row.recorded}
    gone = {each["urn"] for each in made if each["type"] in AGAIN | recorded}
    kept = [each for each in made if each["urn"] not in gone]
    for each in kept:
        each["dependencies"] = [urn for urn in each.get("dependencies") or () if urn not in gone]
        names = each.get("propertyDependencies") or {}
        each["propertyDependencies"] = {name: [urn for urn in urns or () if urn not in gone] for name, urns in names.items()}
    in_aws = [each for each in kept if each["custom"] and not each["type"].startswith("pulumi:")]
    state["resources"] = [each for each in kept if each not in in_aws]
    state["pending_operations"] = [begun(each) for each in in_aws]
