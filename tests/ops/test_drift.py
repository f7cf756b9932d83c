"""`switchyard drift`: what AWS has otherwise than config. What the engine would see of it is given: tests/engine/ has the real one."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from pulumi.automation.events import OpType

from ops.difference import SECRET
from ops.errors import Exit
from ops.parts import GROUP, RULE, TEMPLATE
from ops.plan import Plan, Step
from ops.strangers import Stranger
from ops.trail import Trace
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, rule_step, step_of
from tests.ops.state import resource

SG = "sg-0123456789abcdef0"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
LOGS = "aws:cloudwatch/logGroup:LogGroup"
UP = "switchyard up -s staging --traffic"

Looks = Callable[[Sequence[Step], Sequence[Step]], None]


@pytest.fixture
def looks(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> Looks:
    """Say what waits in config, and what a look at AWS adds to it."""

    def give(ahead: Sequence[Step], aws: Sequence[Step], errors: Sequence[str] = ()) -> None:
        def preview(_text: str, *, packs: bool, refresh: bool = False, **_: Any) -> Plan:
            assert not packs
            return Plan(steps=[*(aws if refresh else ahead)], errors=[*errors])

        monkeypatch.setattr(stack, "preview", preview)

    return give


@pytest.fixture
def moved(stack: StandIn) -> Step:
    """Traffic of `api` as somebody moved it."""
    arns = {str(color): arn for color, arn in stack.cloud.services["api"].target_groups.items()}
    return rule_step("api", {"blue": 90, "green": 10}, {"blue": 100, "green": 0}, arns)


def floor(aws: int, config: int = 3) -> Step:
    """The floor of `api`'s blue group, put back."""
    return step_of(GROUP, "api-blue-group", ("minSize",), {"minSize": aws}, {"minSize": config})


def plain(run: Run) -> list[dict[str, Any]]:
    """The differences, for programs; it is one when there is any."""
    result = run("drift", "--json")
    found: list[dict[str, Any]] = json.loads(result.stdout)["drift"]
    assert result.exit_code == (Exit.FAILED if found else Exit.DONE), result.stderr
    return found


def test_no_difference_is_no_drift(looks: Looks, run: Run) -> None:
    """Exit code 0, in a line."""
    looks([], [])
    result = run("drift")
    assert (result.exit_code, result.stderr) == (Exit.DONE, "")
    assert result.stdout == "✓ staging: AWS has what config says\n"


def test_moved_traffic_is_told_in_the_fields_words(looks: Looks, moved: Step, run: Run) -> None:
    """With what puts it back; exit code 1."""
    looks([], [moved])
    result = run("drift")
    assert result.exit_code == Exit.FAILED
    assert "weights of api: config 100/0, AWS 90/10\n  repairable; last written: nobody can say\n" in result.stdout
    assert "To repair, dangerous ones after a look:" in result.stdout
    assert result.stdout.endswith(f"{UP}\n")


def test_programs_get_each_part_of_it(looks: Looks, moved: Step, run: Run) -> None:
    """Nobody is null."""
    looks([], [moved])
    assert plain(run) == [
        {
            "what": "weights of api",
            "config": "100/0",
            "aws": "90/10",
            "repairable": True,
            "danger": "",
            "repair": UP,
            "who": None,
            "when": None,
            "call": None,
        }
    ]


def test_what_is_merely_not_applied_is_no_drift(stack: StandIn, looks: Looks, run: Run) -> None:
    """It is said by itself, and the exit code is 0."""
    stack.more = [resource(GROUP, "api-blue-group", "api-blue", {"minSize": 2})]
    looks([floor(2)], [floor(2)])
    result = run("drift")
    assert result.exit_code == Exit.DONE
    told = "not applied yet, and no drift: 1 change (`switchyard preview -s staging`): update Group api-blue-group (minSize)"
    assert told in result.stderr
    assert json.loads(run("drift", "--json").stdout) == {"drift": [], "not_applied": ["update Group api-blue-group (minSize)"]}


def test_of_many_changes_that_wait_the_first_are_named(looks: Looks, run: Run) -> None:
    """`preview` shows all."""
    waiting = [step_of(ALARM, f"a{number}", op=OpType.CREATE) for number in range(7)]
    looks(waiting, waiting)
    assert "7 changes (`switchyard preview -s staging`): create MetricAlarm a0, " in run("drift").stderr
    assert run("drift").stderr.endswith("create MetricAlarm a4, …\n")


def test_drift_of_what_waits_too_is_told_with_all_that_is_known(stack: StandIn, looks: Looks, run: Run) -> None:
    """Applied were 2, config says 3, and AWS has 5."""
    stack.more = [resource(GROUP, "api-blue-group", "api-blue", {"minSize": 2})]
    looks([floor(2)], [floor(5)])
    assert [(each["what"], each["config"], each["aws"]) for each in plain(run)] == [("floor of api-blue", "3", "5")]


def test_what_is_gone_from_aws_is_made_again(stack: StandIn, looks: Looks, run: Run) -> None:
    """What is new in config is not gone."""
    stack.more = [resource(ALARM, "lb-slow", "lb-slow")]
    fresh = step_of(ALARM, "lb-new", op=OpType.CREATE)
    looks([fresh], [step_of(ALARM, "lb-slow", op=OpType.CREATE), fresh])
    [gone] = plain(run)
    assert (gone["what"], gone["config"], gone["aws"]) == ("MetricAlarm lb-slow", None, "gone from AWS")
    assert gone["repairable"]


def test_what_holds_state_is_dangerous(stack: StandIn, looks: Looks, run: Run) -> None:
    """Protected things are: made again they are empty."""
    stack.more = [resource(LOGS, "api-log", "api", {"retentionInDays": 30}, protect=True), resource(LOGS, "web-log", "web", protect=True)]
    days = step_of(LOGS, "api-log", ("retentionInDays",), {"retentionInDays": 1}, {"retentionInDays": 30})
    looks([], [days, step_of(LOGS, "web-log", op=OpType.CREATE)])
    assert [each["danger"] for each in plain(run)] == ["it holds state", "it holds state, which is gone"]


def test_a_replacement_is_dangerous(stack: StandIn, looks: Looks, run: Run) -> None:
    """Though nothing stateful is in it."""
    stack.more = [resource(ALARM, "lb-slow", "lb-slow", {"region": "eu-west-1"})]
    looks([], [step_of(ALARM, "lb-slow", ("region",), {"region": "eu-west-2"}, {"region": "eu-west-1"}, OpType.REPLACE)])
    assert [(each["danger"], each["repairable"]) for each in plain(run)] == [("it would be replaced", False)]


def test_what_enters_live_instances_is_dangerous(looks: Looks, run: Run) -> None:
    """`up` wants to be told so; the idle color's may be put back."""
    steps = [
        step_of(TEMPLATE, f"api-{color}-boot", ("imageId",), {"imageId": "ami-2"}, {"imageId": "ami-1"}) for color in ("blue", "green")
    ]
    looks([], steps)
    blue, green = plain(run)
    assert (blue["danger"], blue["repair"]) == ("putting it back changes what enters instances that take traffic", f"{UP} --touch-live")
    assert (green["danger"], green["repair"]) == ("", UP)


def test_what_follows_from_a_loss_makes_it_dangerous(stack: StandIn, looks: Looks, run: Run) -> None:
    """A security group is gone, so the template of the live color changes: that is no drift of the template."""
    kind = "aws:ec2/securityGroup:SecurityGroup"
    stack.more = [resource(kind, "api-blue", SG), resource(TEMPLATE, "api-blue-boot", "lt-1", {"vpcSecurityGroupIds": [SG]})]
    template = step_of(TEMPLATE, "api-blue-boot", ("vpcSecurityGroupIds",), {"vpcSecurityGroupIds": [SG]}, {})
    looks([], [step_of(kind, "api-blue", op=OpType.CREATE), template])
    [gone] = plain(run)
    assert gone["what"] == "SecurityGroup api-blue"
    assert gone["danger"] == "putting it back would update LaunchTemplate api-blue-boot (vpcSecurityGroupIds)"
    assert gone["repair"] == f"{UP} --touch-live"


def test_a_secret_that_differs_is_told_and_not_shown(stack: StandIn, looks: Looks, run: Run) -> None:
    """The engine shows no value, so that its word alone counts; one that waits in config is not drift."""
    [rule] = [each for each in stack.resources if each["urn"].endswith("api-green-preview")]
    inputs = {"conditions": [{SECRET: "1b47", "plaintext": "secret-word"}]}
    stack.more = [{**rule, "inputs": inputs}]
    shown = {"conditions": [{SECRET: "1b47", "ciphertext": "[secret]"}]}
    step = step_of(RULE, "api-green-preview", ("conditions",), shown, shown)
    looks([], [step])
    result = run("drift")
    assert "ListenerRule api-green-preview conditions: a secret in it differs" in result.stdout
    assert "secret-word" not in result.stdout + result.stderr
    looks([step], [step])
    assert plain(run) == []


def test_a_change_that_names_no_input_is_drift_all_the_same(stack: StandIn, looks: Looks, run: Run) -> None:
    """Unless the same waits in config."""
    stack.more = [resource(ALARM, "lb-slow", "lb-slow")]
    step = step_of(ALARM, "lb-slow")
    looks([], [step])
    assert [each["aws"] for each in plain(run)] == ["AWS has something else"]
    looks([step], [step])
    assert plain(run) == []


def test_strangers_are_dangerous(looks: Looks, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that removes each (tests/ops/test_strangers.py finds real ones)."""
    stranger = Stranger("rule 50 on lb-https", "it takes traffic", "arn", "aws elbv2 delete-rule")
    monkeypatch.setattr("ops.drift.strangers", lambda _deployment: iter([stranger]))
    looks([], [])
    result = run("drift")
    assert result.exit_code == Exit.FAILED
    assert "rule 50 on lb-https: not in the stack\n  dangerous: it takes traffic; last written: nobody can say\n" in result.stdout
    assert "aws elbv2 delete-rule" in result.stdout


def test_who_wrote_last_is_told(looks: Looks, moved: Step, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the id under which AWS knows it. Given: the emulator has no event history (tests/ops/test_trail.py)."""
    asked: list[str] = []

    def last_write(_self: object, name: str) -> Trace:
        asked.append(name)
        return Trace("arn:alice", datetime(2026, 1, 1, tzinfo=UTC), "ModifyRule")

    monkeypatch.setattr("ops.trail.Trail.last_write", last_write)
    looks([], [moved])
    [found] = plain(run)
    assert (found["who"], found["when"], found["call"]) == ("arn:alice", "2026-01-01T00:00:00+00:00", "ModifyRule")
    assert "repairable; last written: ModifyRule by arn:alice, 202" in run("drift").stdout
    assert asked[0].startswith("arn:aws:elasticloadbalancing:")


def test_a_rule_of_a_security_group_is_looked_up_by_its_group(
    stack: StandIn, looks: Looks, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calls that change it name that."""
    asked: list[str] = []
    monkeypatch.setattr("ops.trail.Trail.last_write", lambda _self, name: asked.append(name))
    kind = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    inputs = {"securityGroupId": SG, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "10.0.0.0/8"}
    stack.more = [resource(kind, "lb-cdn", "sgr-1", inputs)]
    looks([], [step_of(kind, "lb-cdn", ("cidrIpv4",), {**inputs, "cidrIpv4": "0.0.0.0/0"}, inputs)])
    assert [each["aws"] for each in plain(run)] == ["tcp 443 from 0.0.0.0/0"]
    assert asked == [SG]


def test_a_program_that_fails_is_no_drift(looks: Any, run: Run) -> None:
    """It is told as the error that it is."""
    looks([], [], ["settings are wrong"])
    result = run("drift")
    assert result.exit_code == Exit.FAILED
    assert "settings are wrong" in result.stderr
    assert result.stdout == ""
