"""The page alarms of a service, and what CloudWatch says of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber

from ops.alarms import COMPOSITE_ALARM, METRIC_ALARM, TOPIC, AlarmState, State, page_alarms
from tests.ops.cloud import PAGE
from tests.ops.stand_in import StandIn
from tests.ops.state import resource
from tests.rendering import Rendering

HURT, RULE = "api-blue-hurts", 'ALARM("api-blue-5xx") AND ALARM("api-green-5xx")'


def states(stack: StandIn, service: str = "api") -> dict[str, State]:
    """The state of each alarm, by name."""
    return {alarm.name: alarm.state for alarm in page_alarms(stack, service)}


def say(stack: StandIn, alarm: str, state: str) -> None:
    """Have CloudWatch say something of an alarm."""
    stack.cloud.client("cloudwatch").set_alarm_state(AlarmName=alarm, StateValue=state, StateReason="12 errors")


def compose(stack: StandIn, rule: str = RULE) -> None:
    """Have the stack made a composite alarm."""
    inputs = {"alarmActions": [PAGE], "alarmRule": rule, "tags": {"service": "api"}}
    stack.more.append(resource(COMPOSITE_ALARM, "api-blue-hurt", HURT, inputs))


@pytest.fixture
def stubbed(stack: StandIn) -> Iterator[Stubber]:
    """CloudWatch with composite alarms."""
    with Stubber(stack.cloud.client("cloudwatch")) as stubber:
        yield stubber


def test_a_service_has_its_colors_alarms_and_the_load_balancers(stack: StandIn) -> None:
    """Those of another service are none of its business."""
    assert states(stack) == dict.fromkeys(("lb-5xx", "api-blue-5xx", "api-green-5xx"), State.OK)


@pytest.mark.parametrize(("said", "state"), [("ALARM", State.FIRING), ("INSUFFICIENT_DATA", State.NO_DATA)])
def test_each_state_has_its_word(stack: StandIn, said: str, state: State) -> None:
    """With the reason, in CloudWatch's words."""
    say(stack, "api-green-5xx", said)
    [loud] = [alarm for alarm in page_alarms(stack, "api") if not alarm.calm]
    assert loud == AlarmState("api-green-5xx", state, "12 errors")
    assert str(loud) == f"api-green-5xx: {state} (12 errors)"


def test_an_alarm_that_somebody_deleted_is_missing(stack: StandIn) -> None:
    """Which ones there should be is known from the engine's state."""
    stack.cloud.client("cloudwatch").delete_alarms(AlarmNames=["lb-5xx"])
    assert states(stack)["lb-5xx"] is State.MISSING


def test_an_alarm_at_the_edge_is_asked_for_there(stack: StandIn) -> None:
    """In the stack's region nobody knows it."""
    edge = stack.cloud.client("cloudwatch", "us-east-1")
    told = {"Namespace": "AWS/CloudFront", "MetricName": "5xxErrorRate", "Statistic": "Average", "Period": 60, "EvaluationPeriods": 1}
    edge.put_metric_alarm(AlarmName="cdn-5xx", ComparisonOperator="GreaterThanThreshold", Threshold=1, **told)
    edge.set_alarm_state(AlarmName="cdn-5xx", StateValue="ALARM", StateReason="5 %")
    there = {"region": "us-east-1"}
    stack.more.append(resource(METRIC_ALARM, "cdn-5xx", "cdn-5xx", {"alarmActions": ["arn:edge"]}, there))
    stack.more.append(resource(TOPIC, "topics-edge-page", "arn:edge", {}, there))
    assert states(stack)["cdn-5xx"] is State.FIRING
    edge.delete_alarms(AlarmNames=["cdn-5xx"])
    assert states(stack)["cdn-5xx"] is State.MISSING


def test_what_pages_nobody_is_left_out(stack: StandIn) -> None:
    """A ticket waits for the morning."""
    stack.more.append(resource(METRIC_ALARM, "api-blue-few", "api-blue-few", {"alarmActions": ["arn:ticket"], "tags": {"service": "api"}}))
    assert "api-blue-few" not in states(stack)


def test_a_stack_that_pages_nobody_has_none(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks has to take that for not calm."""
    monkeypatch.setattr(stack.cloud, "alarms", {})
    assert list(page_alarms(stack, "api")) == []


def test_composite_alarms_are_asked_for_by_kind(stack: StandIn, stubbed: Stubber) -> None:
    """AWS leaves them out otherwise. Stubbed: the emulator has no PutCompositeAlarm."""
    compose(stack)
    firing = {"AlarmName": HURT, "StateValue": "ALARM", "StateReason": "both"}
    asked = {
        "AlarmNames": ["lb-5xx", "api-blue-5xx", "api-green-5xx", HURT],
        "AlarmTypes": ["MetricAlarm", "CompositeAlarm"],
        "MaxRecords": 100,
    }
    stubbed.add_response("describe_alarms", {"MetricAlarms": [], "CompositeAlarms": [firing]}, asked)
    found = states(stack)
    assert found.pop(HURT) is State.FIRING
    assert set(found.values()) == {State.MISSING}


@pytest.mark.parametrize(
    ("blue", "green", "state"),
    [("OK", "OK", State.OK), ("ALARM", "OK", State.OK), ("ALARM", "ALARM", State.FIRING), ("ALARM", "INSUFFICIENT_DATA", State.OK)],
)
def test_in_the_sandbox_a_composite_alarm_is_what_its_parts_make_it(stack: StandIn, blue: str, green: str, state: State) -> None:
    """The emulated CloudWatch has the parts alone."""
    stack.target.sandboxed = True
    compose(stack)
    say(stack, "api-blue-5xx", blue)
    say(stack, "api-green-5xx", green)
    assert states(stack)[HURT] is state


@pytest.mark.parametrize("rule", [RULE.replace("green", "gone"), RULE.replace("AND", "AND NOT"), RULE.replace("AND", "OR"), "TRUE"])
def test_in_the_sandbox_one_that_cannot_be_made_of_its_parts_is_missing(stack: StandIn, rule: str) -> None:
    """A part is gone, or the rule is more than all of them: nobody can say, so it is not calm."""
    stack.target.sandboxed = True
    compose(stack, rule)
    assert states(stack)[HURT] is State.MISSING


def test_many_alarms_are_asked_for_in_portions(stack: StandIn) -> None:
    """AWS takes a hundred names at a time."""
    stack.more += [resource(METRIC_ALARM, f"a{number}", f"a{number}", {"alarmActions": [PAGE]}) for number in range(250)]
    asked: list[int] = []
    events = stack.cloud.client("cloudwatch").meta.events

    def count(params: dict[str, Any], **_: object) -> None:
        asked.append(len(params["AlarmNames"]))

    events.register("provide-client-params.cloudwatch.DescribeAlarms", count)
    try:
        assert len(page_alarms(stack, "api")) == 253
    finally:
        events.unregister("provide-client-params.cloudwatch.DescribeAlarms", count)
    assert asked == [100, 100, 53]


def test_the_programs_own_page_alarms_are_found(stack: StandIn, old_stack: Rendering) -> None:
    """By the name of the page topic and the tag of the service, as the components give them; the data tier is every service's."""
    stack.more = [
        resource(made.type, made.name, made.name, made.inputs)
        for made in old_stack.registrations
        if made.type in {METRIC_ALARM, COMPOSITE_ALARM}
    ]
    topics = [made.name for made in old_stack.registrations if made.type == TOPIC]
    assert "topics-page" in topics
    found = {name for name, state in states(stack).items() if state is State.MISSING}
    data = {name for name in found if name.startswith(("database-", "replica-", "redis-"))}
    assert {"database-db-storage", "database-proxy-pool-fails", "redis-1-memory-full"} <= data
    assert found - data == {"lb-rejected", "api-blue-hurt", "api-green-hurt"}
