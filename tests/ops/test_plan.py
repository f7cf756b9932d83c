"""A plan as it is read from the engine's events."""

from typing import Any

import pytest
from pulumi.automation.events import EngineEvent, OpType

from ops.plan import Finding, Plan
from policies.rules.undecided import Waiting, message

URN = "urn:pulumi:staging::switchyard::aws:lb/listenerRule:ListenerRule::api-traffic"


def event(**content: Any) -> EngineEvent:
    """An event as the engine writes it."""
    return EngineEvent.from_json({"sequence": 1, "timestamp": 2, **content})


def step(op: str, kind: str = "aws:lb/listenerRule:ListenerRule", **more: Any) -> dict[str, Any]:
    """The metadata of a step."""
    return {"metadata": {"op": op, "urn": URN, "type": kind, "provider": "", **more}}


def state(inputs: dict[str, Any]) -> dict[str, Any]:
    """A resource's state."""
    return {"type": "t", "urn": URN, "id": "id", "parent": "", "inputs": inputs, "outputs": {}, "provider": ""}


def read(*events: EngineEvent) -> Plan:
    """The plan of some events."""
    plan = Plan()
    for each in events:
        plan.take(each)
    return plan


def test_a_step_is_told_with_what_differs() -> None:
    """Inputs before and after are kept."""
    plan = read(event(resourcePreEvent=step("update", diffs=["actions"], old=state({"a": 1}), new=state({"a": 2}))))
    assert str(plan.steps[0]) == "update ListenerRule api-traffic (actions)"
    assert (plan.steps[0].old, plan.steps[0].new) == ({"a": 1}, {"a": 2})
    assert plan.summary == "1 to update, 0 unchanged"


def test_a_replacement_is_one_step() -> None:
    """Its parts are not counted again; the stack itself is no resource; what is unchanged is."""
    parts = [event(resourcePreEvent=step(op)) for op in ("create-replacement", "replace", "delete-replaced", "same")]
    plan = read(*parts, event(resourcePreEvent=step("create", "pulumi:pulumi:Stack")))
    assert [each.op for each in plan.steps] == [OpType.REPLACE]
    assert plan.summary == "1 to replace, 1 unchanged"


def test_what_a_replacement_that_was_cut_short_has_left_is_a_step() -> None:
    """Else the next update would find nothing to do, and it would stay for ever."""
    plan = read(event(resourcePreEvent=step("same")), event(resourcePreEvent=step("delete-replaced")))
    assert [str(each) for each in plan.steps] == ["delete-replaced ListenerRule api-traffic"]
    again = read(*(event(resourcePreEvent=step(op)) for op in ("delete-replaced", "replace", "create-replacement")))
    assert [each.op for each in again.steps] == [OpType.REPLACE]


def test_a_resource_that_is_refreshed_first_is_counted_once() -> None:
    """The engine tells of the refresh and of what comes after it."""
    assert read(*(event(resourcePreEvent=step(op)) for op in ("refresh", "same"))).summary == "1 unchanged"


def test_what_the_engine_has_done_is_known() -> None:
    """A refresh and an unchanged resource are nothing done."""
    plan = read(*(event(resOutputsEvent=step(op)) for op in ("same", "refresh", "update")))
    assert plan.done == {URN}
    assert read(event(resOutputsEvent=step("same"))).done == set()


def test_findings_keep_their_level() -> None:
    """What stops an update is told apart from advice."""
    told = {"color": "", "policyPackVersion": "1", "policyPackVersionTag": "1", "policyPackName": "delivery", "message": " no "}
    plan = read(
        event(policyEvent={**told, "policyName": "weights", "enforcementLevel": "mandatory", "resourceUrn": URN}),
        event(policyEvent={**told, "policyName": "names", "enforcementLevel": "advisory"}),
    )
    assert plan.violations == [Finding("delivery", "weights", mandatory=True, urn=URN, message="no")]


@pytest.mark.parametrize(
    ("policy", "message", "told"),
    [
        (
            "listener_uses_tls",
            "A listener speaks TLS by a modern policy, or does nothing but redirect\n  to one that does.\nlb-https: sslPolicy is old.",
            (
                "listener_uses_tls: A listener speaks TLS by a modern policy, or does nothing\n"
                "  but redirect to one that does.\nlb-https: sslPolicy is old."
            ),
        ),
        (
            "undecided",
            "1 check cannot be decided:\n  a on b\n    needs c of d",
            "undecided: 1 check cannot be decided:\n  a on b\n    needs c of d",
        ),
    ],
    ids=["prose", "a list"],
)
def test_a_finding_fits_on_a_terminal(policy: str, message: str, told: str) -> None:
    """The policy's name takes room that the pack has given away; what is a list stays one."""
    assert str(Finding("security", policy, mandatory=True, urn="", message=message)) == told


def undecided_on(*waits_for: str, rule: str = "bucket_demands_tls") -> EngineEvent:
    """An event that tells of one undecided check."""
    check = Waiting(rule=rule, resource="s3.BucketPolicy/logs", path="policy", holder="s3.BucketPolicy/logs", waits_for=waits_for)
    told = {"color": "", "policyPackVersion": "1", "policyPackVersionTag": "1", "policyPackName": "security", "message": message([check])}
    return event(policyEvent={**told, "policyName": "undecided", "enforcementLevel": "advisory"})


@pytest.mark.parametrize(
    ("op", "waits_for", "explained"),
    [
        ("create", ["lb.ListenerRule/api-traffic"], True),
        ("replace", [URN], True),
        ("update", ["lb.ListenerRule/api-traffic"], False),
        ("create", ["lb.ListenerRule/api-traffic", "sns.Topic/that-is-there"], True),
        ("create", ["sns.Topic/that-is-there"], False),
        ("create", [], False),
    ],
)
def test_a_check_may_wait_for_what_the_plan_makes(op: str, waits_for: list[str], explained: bool) -> None:  # noqa: FBT001 -- a parameter
    """And for nothing else: then nobody says that it will ever be decided."""
    plan = read(event(resourcePreEvent=step(op)), undecided_on(*waits_for))
    assert [check.rule for check in plan.undecided] == ["bucket_demands_tls"]
    assert bool(plan.unexplained) is not explained


def test_a_rule_says_for_whose_update_its_checks_may_wait() -> None:
    """Every update of a launch template makes a new version, which its group then runs."""
    of_template = URN.replace("lb/listenerRule:ListenerRule", "ec2/launchTemplate:LaunchTemplate")
    metadata = {"op": "update", "urn": of_template, "type": "aws:ec2/launchTemplate:LaunchTemplate", "provider": ""}
    updated = event(resourcePreEvent={"metadata": metadata})
    assert not read(updated, undecided_on(of_template, rule="group_runs_one_version_of_its_template")).unexplained
    assert read(updated, undecided_on(of_template)).unexplained


def test_errors_are_told_without_tracebacks_and_without_echoes() -> None:
    """A program's traceback is for its author; what was given up because of the first error says nothing."""
    told = [
        "Bad.\nTraceback (most recent call last)\n  File …",
        "failed to run remediation: context canceled",
        "preview failed",
        " \n",
        "creating api: No.",
    ]
    severe = [event(diagnosticEvent={"message": text, "color": "", "severity": "error"}) for text in told]
    warning = event(diagnosticEvent={"message": "hm", "color": "", "severity": "warning"})
    assert read(*severe, warning).errors == ["Bad.", "creating api: No."]
