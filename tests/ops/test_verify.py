"""`switchyard verify`: check by check, whether what runs is what config says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from ops.errors import Exit
from ops.traffic import Fleet
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn

Found = dict[tuple[str, str], tuple[str, str]]
"""Verdict and words, by what was looked at and of what."""


def found(run: Run, exit_code: Exit) -> Found:
    """What `verify` finds, which has to end with the exit code."""
    result = run("verify", "--json")
    assert result.exit_code == exit_code, result.stderr
    return {(check["check"], check["of"]): (check["verdict"], check["told"]) for check in json.loads(result.stdout)}


def bad(checks: Found) -> Found:
    """Those that did not pass."""
    return {of: told for of, told in checks.items() if told[0] != "passed"}


@pytest.fixture
def rule(stack: StandIn) -> Iterator[Any]:
    """Change the traffic rule of `api` behind everybody's back; it is as it was afterwards."""
    elbv2, arn = stack.cloud.client("elbv2"), stack.cloud.services["api"].rule
    before = elbv2.describe_rules(RuleArns=[arn])["Rules"][0]
    conditions = [{"Field": each["Field"], "PathPatternConfig": each["PathPatternConfig"]} for each in before["Conditions"]]

    def change(priority: int = 0, **what: Any) -> None:
        if priority:
            elbv2.set_rule_priorities(RulePriorities=[{"RuleArn": arn, "Priority": priority}])
        if what:
            elbv2.modify_rule(RuleArn=arn, **what)

    yield change
    moved = elbv2.describe_rules(RuleArns=[arn])["Rules"][0]["Priority"] != before["Priority"]
    change(int(before["Priority"]) if moved else 0, Conditions=conditions, Actions=before["Actions"])


def test_all_passes_where_all_is_as_config_says(run: Run) -> None:
    """A table for people, and nothing on standard error."""
    result = run("verify")
    lines = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines() if "│" in line]
    assert (result.exit_code, result.stderr) == (Exit.DONE, "")
    assert ["weights", "api", "passed", "100/0"] in lines
    assert ["traffic rule", "web", "passed", "path-pattern /app/*, priority 6"] in lines
    assert ["release", "api green", "passed", "2 instances of the pinned AMI and image"] in lines
    assert ["page alarms", "web", "passed", "3 alarms, all OK"] in lines
    assert result.stdout.endswith("✓ staging: 16 checks passed\n")


def test_for_programs_standard_output_holds_nothing_but_json(run: Run) -> None:
    """One object a check, in words."""
    checks = found(run, Exit.DONE)
    assert len(checks) == 16
    assert checks[("preview request", "web blue")][1].endswith(" answered, the pinned release")


def test_traffic_that_somebody_moved_has_failed(stack: StandIn, run: Run) -> None:
    """In shares of blue and green, and what to look at next."""
    stack.cloud.set_weights("api", {Color.BLUE: 90, Color.GREEN: 10})
    assert bad(found(run, Exit.FAILED)) == {("weights", "api"): ("failed", "config 100/0, AWS 90/10")}
    assert "✗ staging: 1 of 16 checks failed, 0 undecided\n  `switchyard drift -s staging` says what differs." in run("verify").stderr


def test_an_instance_of_another_release_has_failed(stack: StandIn, run: Run) -> None:
    """By its own AMI and tag, and by what answers."""
    stack.cloud.release("api-green", stack.target.file.settings().services["api"].blue)
    checks = bad(found(run, Exit.FAILED))
    assert set(checks) == {("release", "api green"), ("preview request", "api green")}
    assert checks[("release", "api green")][1].startswith("0 instances run the release, 2 still run another")
    assert checks[("preview request", "api green")][1] == "sha256:5dd808929436 answered, another release"


def test_a_fleet_that_is_not_there_yet_is_undecided(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can say what it will run. Given: the emulated Auto Scaling is never on its way."""
    monkeypatch.setattr("ops.traffic.Traffic.fleet", lambda *_: Fleet(done=0, stale=0, coming=2, missing=2))
    checks = bad(found(run, Exit.UNDECIDED))
    assert set(checks.values()) == {("undecided", "no instance is in service yet")}
    assert "! staging: 4 of 16 checks undecided, none failed" in run("verify").stderr


def test_a_color_that_is_turned_off_is_asked_nothing(stack: StandIn, run: Run) -> None:
    """It has no instances, and is to have none."""
    stack.target.file.edit({"services.web.green.capacity.min": 0, "services.web.green.capacity.max": 0})
    stack.cloud.size("web-green", floor=0, desired=0)
    checks = found(run, Exit.DONE)
    assert ("preview request", "web green") not in checks
    assert checks[("release", "web green")] == ("passed", "0 instances of the pinned AMI and image")


@pytest.mark.parametrize(
    ("state", "exit_code", "verdict"), [("ALARM", Exit.FAILED, "failed"), ("INSUFFICIENT_DATA", Exit.UNDECIDED, "undecided")]
)
def test_a_page_alarm_counts_by_its_state(stack: StandIn, run: Run, state: str, exit_code: Exit, verdict: str) -> None:
    """One that fires has failed; one without data says nothing."""
    stack.cloud.client("cloudwatch").set_alarm_state(AlarmName="api-blue-5xx", StateValue=state, StateReason="said")
    words = {"ALARM": "firing", "INSUFFICIENT_DATA": "no data"}[state]
    assert bad(found(run, exit_code)) == {("page alarms", "api"): (verdict, f"api-blue-5xx: {words} (said)")}


def test_the_worst_alarm_of_a_service_decides(stack: StandIn, run: Run) -> None:
    """One that is missing has failed, for it wakes nobody; the load balancer's concern every service."""
    cloudwatch = stack.cloud.client("cloudwatch")
    cloudwatch.set_alarm_state(AlarmName="api-blue-5xx", StateValue="INSUFFICIENT_DATA", StateReason="said")
    cloudwatch.delete_alarms(AlarmNames=["lb-5xx"])
    missing = "lb-5xx: missing (CloudWatch has no alarm of this name: nobody would be told)"
    assert bad(found(run, Exit.FAILED)) == {
        ("page alarms", "api"): ("failed", f"{missing}; api-blue-5xx: no data (said)"),
        ("page alarms", "web"): ("failed", missing),
    }


def test_no_page_alarm_at_all_is_undecided(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is no proof of calm."""
    monkeypatch.setattr(stack.cloud, "alarms", {})
    assert set(bad(found(run, Exit.UNDECIDED)).values()) == {("undecided", "the stack has none: nobody is told")}


def test_a_rule_that_takes_other_requests_has_failed(rule: Any, run: Run) -> None:
    """Its conditions and its place among the rules are the stack's."""
    rule(33, Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/other/*", "/api/*"]}}])
    told = "conditions: the stack path-pattern /api/*, AWS path-pattern /api/*, path-pattern /other/*; priority: the stack 3, AWS 33"
    assert bad(found(run, Exit.FAILED)) == {("traffic rule", "api"): ("failed", told)}


def test_a_rule_that_leads_elsewhere_has_failed(stack: StandIn, rule: Any, run: Run) -> None:
    """Its target groups, and how long clients stick to one."""
    groups = stack.cloud.services["web"].target_groups
    target = [{"TargetGroupArn": groups[Color.BLUE], "Weight": 100}]
    sticky = {"Enabled": True, "DurationSeconds": 60}
    rule(Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": target, "TargetGroupStickinessConfig": sticky}}])
    told = bad(found(run, Exit.FAILED))[("traffic rule", "api")][1]
    assert told == "target groups: the stack api-blue, api-green, AWS web-blue; stickiness: the stack off, AWS 60 s"


def test_a_rule_that_is_gone_has_failed(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS says so, which decides it."""
    where = stack.cloud.services["web"]
    monkeypatch.setitem(stack.cloud.services, "web", replace(where, rule=f"{where.rule[:-4]}0000"))
    checks = bad(found(run, Exit.FAILED))
    assert checks[("weights", "web")][0] == checks[("traffic rule", "web")][0] == "failed"
    assert "RuleNotFound" in checks[("weights", "web")][1]


def test_what_aws_does_not_answer_is_undecided(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the other checks are made all the same. Given: the emulator answers."""

    def silent(*_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://monitoring")

    monkeypatch.setattr("ops.verification.page_alarms", silent)
    checks = found(run, Exit.UNDECIDED)
    assert len(checks) == 16
    assert {of for of, (verdict, _) in checks.items() if verdict == "undecided"} == {("page alarms", "api"), ("page alarms", "web")}
    assert checks[("page alarms", "api")][1].startswith("AWS does not answer: ")


def test_a_service_that_is_not_up_has_failed(stack: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And hides no other."""
    monkeypatch.delitem(stack.cloud.services, "web")
    checks = found(run, Exit.FAILED)
    assert checks[("service", "web")] == ("failed", "in config and not up yet: `switchyard up -s staging`")
    assert checks[("weights", "api")][0] == "passed"


def test_a_bad_via_is_refused(run: Run) -> None:
    """It is the operator's slip, and no finding."""
    result = run("verify", "--via", "somewhere")
    assert result.exit_code == Exit.BAD_INPUT
    assert "--via is HOST:PORT" in result.stderr
