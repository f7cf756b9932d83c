"""What somebody changes in AWS behind the engine's back is told from what waits in config, and put back. In this order, on one sandbox."""

import json
from typing import Any

import pytest

from ops.errors import Exit
from tests.engine.conftest import FACTS, Switchyard

pytestmark = [pytest.mark.engine, pytest.mark.lean]

TARGET = ("-s", "staging", "--sandbox")
GUESSED = "guessed-by-nobody"


@pytest.fixture(scope="module")
def changed(switchyard: Switchyard) -> dict[str, Any]:
    """Change each kind of thing in AWS, and one in config; what the state holds of them, by type and name."""
    switchyard.set_up("up", *TARGET)
    document = json.loads(switchyard.state.read_text(encoding="utf-8"))
    state = {
        f"{each['type'].rpartition(':')[2]} {each['urn'].rpartition('::')[2]}": each
        for each in document["checkpoint"]["latest"]["resources"]
    }
    elbv2, ec2, cloudwatch = (switchyard.sandbox.client(service, FACTS) for service in ("elbv2", "ec2", "cloudwatch"))
    rule, action = switchyard.rule("api")
    for group, weight in zip(action["ForwardConfig"]["TargetGroups"], (90, 10), strict=True):
        group["Weight"] = weight
    elbv2.modify_rule(RuleArn=rule, Actions=[action])
    path = {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/app/*"]}}
    token = {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "x-switchyard-preview", "Values": [GUESSED]}}
    elbv2.modify_rule(RuleArn=state["ListenerRule web-green-preview"]["id"], Conditions=[path, token])
    cloudwatch.delete_alarms(AlarmNames=[state["MetricAlarm lb-5xx"]["id"]])
    ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.authorize_security_group_ingress(GroupId=state["SecurityGroup api-blue"]["id"], IpPermissions=[ssh])
    switchyard.file.edit({"services.web.canary.percent": 5})
    return state


def drift(switchyard: Switchyard, exit_code: Exit) -> dict[str, Any]:
    """What `drift` finds, which has to end with the exit code; no token is in it."""
    ended = switchyard.run("drift", "--json", *TARGET)
    assert ended.returncode == exit_code, ended.stderr
    assert GUESSED not in ended.stdout + ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_each_change_is_named_and_what_waits_is_not_among_them(switchyard: Switchyard, changed: dict[str, Any]) -> None:
    """By the engine's own look at AWS; what opens access is dangerous, and no secret is shown."""
    found = drift(switchyard, Exit.FAILED)
    assert {(each["what"], each["config"], each["aws"]): each["danger"] for each in found["drift"]} == {
        ("weights of api", "100/0", "90/10"): "",
        ("ListenerRule web-green-preview conditions", None, "a secret in it differs"): "",
        ("MetricAlarm lb-5xx", None, "gone from AWS"): "",
        ("rule in security group api-blue, tcp 22 from 0.0.0.0/0", None, "not in the stack"): "it opens access",
    }
    assert found["not_applied"] == ["update ListenerRule web-traffic (actions)"]
    told = switchyard.run("drift", *TARGET).stdout
    assert f"revoke-security-group-ingress --region eu-west-1 --group-id {changed['SecurityGroup api-blue']['id']}" in told


@pytest.mark.usefixtures("changed")
def test_verify_fails_on_what_users_would_notice(switchyard: Switchyard) -> None:
    """Traffic that moved, and an alarm that wakes nobody."""
    ended = switchyard.run("verify", "--json", *TARGET)
    assert ended.returncode == Exit.FAILED
    bad = {(check["check"], check["of"]) for check in json.loads(ended.stdout) if check["verdict"] != "passed"}
    assert bad == {("weights", "api"), ("weights", "web"), ("page alarms", "api"), ("page alarms", "web")}


def test_the_repair_that_is_named_puts_it_back(switchyard: Switchyard, changed: dict[str, Any]) -> None:
    """`up --traffic` for what the stack owns, AWS's own command for the rest; the record says so."""
    ended = switchyard.run("up", "--traffic", *TARGET)
    assert ended.returncode == Exit.DONE, ended.stderr
    [left] = drift(switchyard, Exit.FAILED)["drift"]
    rule = left["repair"].rpartition(" ")[2]
    group = changed["SecurityGroup api-blue"]["id"]
    switchyard.sandbox.client("ec2", FACTS).revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule])
    assert drift(switchyard, Exit.DONE) == {"drift": [], "not_applied": []}
    verified = switchyard.run("verify", *TARGET)
    assert verified.returncode == Exit.DONE, verified.stdout
    entries = [entry for entry in json.loads(switchyard.run("history", "--json", *TARGET).stdout) if entry["source"] == "engine"]
    assert [(entry["message"], entry["result"], entry["changed"]) for entry in entries[:1]] == [("up", "succeeded", 4)]
