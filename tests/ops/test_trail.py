"""Who changed something, where CloudTrail can say."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.stub import Stubber

from ops.trail import MOST, Trace, Trail
from tests.ops.stand_in import StandIn

WHO = "arn:aws:sts::123456789012:assumed-role/admin/alice"


@pytest.fixture
def stubbed(stack: StandIn) -> Iterator[Stubber]:
    """CloudTrail with an event history."""
    with Stubber(stack.cloud.client("cloudtrail")) as stubber:
        yield stubber


def event(hour: int, name: str = "ModifyRule", **more: Any) -> dict[str, Any]:
    """An event of the history."""
    told = json.dumps({"userIdentity": {"arn": WHO}})
    when = datetime(2026, 1, 1, hour, tzinfo=UTC)
    return {"EventName": name, "EventTime": when, "ReadOnly": "false", "Username": "alice", "CloudTrailEvent": told, **more}


def answers(stubbed: Stubber, *events: dict[str, Any], of: str = "sg-1") -> None:
    """Have CloudTrail know these of a resource."""
    stubbed.add_response(
        "lookup_events", {"Events": list(events)}, {"LookupAttributes": [{"AttributeKey": "ResourceName", "AttributeValue": of}]}
    )


def test_the_last_write_is_named(stack: StandIn, stubbed: Stubber) -> None:
    """Whoever only looked is nobody. Stubbed: the emulator has no event history."""
    answers(stubbed, event(3, "DescribeRules", ReadOnly="true"), event(1, "CreateRule"), event(2))
    trace = Trail(stack.target).last_write("sg-1")
    assert trace == Trace(WHO, datetime(2026, 1, 1, 2, tzinfo=UTC), "ModifyRule")
    assert str(trace).startswith(f"ModifyRule by {WHO}, 2026-01-0")


@pytest.mark.parametrize(
    ("more", "who"), [({"CloudTrailEvent": "{"}, "alice"), ({"CloudTrailEvent": "{}", "Username": ""}, "somebody unnamed")]
)
def test_a_caller_without_arn_has_the_name_that_there_is(stack: StandIn, stubbed: Stubber, more: dict[str, str], who: str) -> None:
    """AWS's own services have none. Stubbed as above."""
    answers(stubbed, event(1, **more))
    trace = Trail(stack.target).last_write("sg-1")
    assert trace
    assert trace.who == who


def test_a_resource_that_no_event_names_is_nobodys(stack: StandIn, stubbed: Stubber) -> None:
    """And is asked for once. Stubbed as above: a second look-up would have no answer, and raise."""
    answers(stubbed)
    trail = Trail(stack.target)
    assert trail.last_write("sg-1") is None
    assert trail.last_write("sg-1") is None
    assert trail.last_write("") is None
    stubbed.assert_no_pending_responses()


def test_after_an_error_nobody_is_asked_again(stack: StandIn, stubbed: Stubber) -> None:
    """Access denied stays so, and what differs is known without it. Stubbed as above."""
    stubbed.add_client_error("lookup_events", "AccessDeniedException")
    trail = Trail(stack.target)
    assert trail.last_write("sg-1") is None
    assert trail.last_write("sg-2") is None
    stubbed.assert_no_pending_responses()


def test_only_so_many_are_looked_up(stack: StandIn, stubbed: Stubber) -> None:
    """AWS takes two a second. Stubbed as above."""
    for number in range(MOST):
        answers(stubbed, of=f"sg-{number}")
    trail = Trail(stack.target)
    assert [trail.last_write(f"sg-{number}") for number in range(MOST + 5)] == [None] * (MOST + 5)
    stubbed.assert_no_pending_responses()


def test_an_emulator_without_a_history_says_nothing(stack: StandIn) -> None:
    """It answers with an error, as AWS does where CloudTrail may not be asked."""
    assert Trail(stack.target).last_write("sg-1") is None
