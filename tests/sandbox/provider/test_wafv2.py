"""A web ACL with its rules behaves as under the official provider, and what AWS refuses is refused."""

import json
from collections.abc import Mapping
from typing import Any

import grpc
import pytest

from sandbox.provider import web_acl
from sandbox.provider.row import Row
from sandbox.provider.rows import web_acl_rules
from sandbox.provider.wire import decode, encode
from settings_web_firewall import WebFirewall
from tests.components.web_firewalls import LOGIN, firewall, in_order
from tests.rendering import Rendering
from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.wafv2 import HOME, acl, managed, networks, rate, rule
from tests.sandbox.provider.test_program_types import received, table
from tests.sandbox.provider.world import World

ACL, RULE, SET, LOG = "aws.wafv2.WebAcl", "aws.wafv2.WebAclRule", "aws.wafv2.IpSet", "aws.wafv2.WebAclLoggingConfiguration"
LOGIN_RULE = "login"


def rules(world: World, made: Made) -> dict[str, Any]:
    """Return the rules of an ACL as AWS has them, by name."""
    found = world.client("wafv2").get_web_acl(Name=made.outputs["name"], Scope="CLOUDFRONT", Id=made.id)["WebACL"]
    return {each["Name"]: each for each in found.get("Rules", [])}


def failures(world: World, type_: str, inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with inputs."""
    return world.driver(type_).check(type_, "checked", dict(inputs))[1]


def test_a_rule_is_a_member_of_its_acl(world: World) -> None:
    """One joins the others, and goes without them."""
    made = world.make(ACL, **acl())
    login = world.make(RULE, **rule(made.outputs["arn"]))
    world.make(RULE, **rule(made.outputs["arn"], name="other", priority=11))
    assert rules(world, made).keys() == {LOGIN_RULE, "other"}
    world.driver(RULE).delete(login)
    assert rules(world, made).keys() == {"other"}


def test_a_rule_that_is_there_is_taken_over(world: World) -> None:
    """As the official provider takes over a rule of the same name."""
    made = world.make(ACL, **acl())
    world.make(RULE, **rule(made.outputs["arn"]))
    world.make(RULE, **rule(made.outputs["arn"], action={"count": {}}))
    assert [each["Action"] for each in rules(world, made).values()] == [{"Count": {}}]


def test_a_change_of_the_acl_leaves_its_rules(world: World) -> None:
    """UpdateWebACL forgets what it is not sent, so all of it is sent."""
    driver, made = world.driver(ACL), world.make(ACL, **acl())
    world.make(RULE, **rule(made.outputs["arn"]))
    checked, _ = driver.check(ACL, made.name, acl(name=made.outputs["name"], defaultAction={"block": {}}), made.inputs)
    driver.update(made, checked)
    assert rules(world, made).keys() == {LOGIN_RULE}


def test_the_emulator_keeps_the_last_rule_of_an_acl(world: World) -> None:
    """A limit of moto, which takes no rules for no change; the ACL itself goes with it all the same."""
    made = world.make(ACL, **acl())
    only = world.make(RULE, **rule(made.outputs["arn"]))
    world.driver(RULE).delete(only)
    assert rules(world, made).keys() == {LOGIN_RULE}
    world.driver(ACL).delete(made)
    assert world.driver(ACL).read(made)[0] == ""


def test_another_action_is_a_change_and_a_drift(world: World) -> None:
    """`{"block": {}}` and `{"count": {}}` say something only by which member they name."""
    driver, made = world.driver(RULE), world.make(ACL, **acl())
    login = world.make(RULE, **rule(made.outputs["arn"]))
    checked, _ = driver.check(RULE, login.name, rule(made.outputs["arn"], action={"count": {}}), login.inputs)
    assert list(driver.diff(login, checked).diffs) == ["action"]
    client = world.client("wafv2")
    found = client.get_web_acl(Name=made.outputs["name"], Scope="CLOUDFRONT", Id=made.id)
    by_hand = [{**each, "Action": {"Count": {}}} for each in found["WebACL"]["Rules"]]
    there = {name: found["WebACL"][name] for name in ("Name", "Id", "DefaultAction", "VisibilityConfig")}
    client.update_web_acl(**there, Scope="CLOUDFRONT", LockToken=found["LockToken"], Rules=by_hand)
    assert bare(driver.read(login)[2])["action"] == {"count": {}}


def test_two_rules_in_one_place_are_refused(world: World) -> None:
    """Each has its own priority."""
    arn = world.make(ACL, **acl()).outputs["arn"]
    world.make(RULE, **rule(arn))
    with pytest.raises(grpc.RpcError, match="two rules have the priority 10"):
        world.make(RULE, **rule(arn, name="other"))


def test_more_than_a_web_acl_holds_is_refused() -> None:
    """Ten rate rules, 5,000 capacity units, and only groups that there are."""

    def given(count: int, statement: dict[str, Any]) -> list[dict[str, Any]]:
        inputs = rule("arn", statement=statement)
        made = web_acl_rules.WORDS.parameters(inputs, web_acl_rules.rule_shape())
        return [{**made, "Name": f"rule-{number}", "Priority": number} for number in range(count)]

    web_acl.refuse(given(10, rate()))
    web_acl.refuse(given(7, managed("AWSManagedRulesCommonRuleSet")))
    with pytest.raises(Exception, match="11 rate rules are more than the 10"):
        web_acl.refuse(given(11, rate()))
    with pytest.raises(Exception, match="5600 capacity units are more than the 5000"):
        web_acl.refuse(given(8, managed("AWSManagedRulesCommonRuleSet")))
    with pytest.raises(Exception, match="there is no managed rule group AWSManagedRulesCoreRuleSet"):
        web_acl.refuse(given(1, managed("AWSManagedRulesCoreRuleSet")))


def test_a_set_that_a_rule_names_is_not_deleted(world: World) -> None:
    """AWS refuses, so the rule goes first."""
    driver = world.driver(SET)
    listed = world.make(SET, **HOME, ipAddressVersion="IPV4", addresses=[])
    statement = {"ipSetReferenceStatement": {"arn": listed.outputs["arn"]}}
    world.make(RULE, **rule(world.make(ACL, **acl()).outputs["arn"], statement=statement))
    with pytest.raises(grpc.RpcError, match="WAFAssociatedItemException"):
        driver.delete(listed)


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "an ACL for CloudFront elsewhere": (ACL, acl(region="eu-west-1"), "region"),
    "a name that AWS does not take": (ACL, acl(name="a b"), "name"),
    "rules within the ACL": (ACL, acl(rules=[{"name": "a", "priority": 1, "statement": rate(), "visibilityConfig": {}}]), "rules"),
    "an address of the other version": (SET, {**HOME, "ipAddressVersion": "IPV6", "addresses": ["203.0.113.0/24"]}, "addresses[0]"),
    "everybody": (SET, {**HOME, "ipAddressVersion": "IPV4", "addresses": ["0.0.0.0/0"]}, "addresses[0]"),
    "no network": (SET, {**HOME, "ipAddressVersion": "IPV4", "addresses": ["203.0.113.7/24"]}, "addresses[0]"),
    "a limit of nine": (RULE, rule("arn:aws:wafv2:::a", statement=rate(9)), "statement.rateBasedStatement.limit"),
    "an action of a group": (RULE, rule("arn:aws:wafv2:::a", statement=managed("AWSManagedRulesCommonRuleSet")), "action"),
    "a log group of another name": (
        LOG,
        {"region": "us-east-1", "resourceArn": "a", "logDestinationConfigs": ["arn:aws:logs:us-east-1:123456789012:log-group:waf"]},
        "logDestinationConfigs[0]",
    ),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_what_aws_refuses_is_refused_before_anything_is_made(world: World, mistake: str) -> None:
    """With the property that is wrong."""
    type_, inputs, path = REFUSED[mistake]
    assert path in failures(world, type_, inputs)


def test_a_window_in_which_aws_does_not_count_is_refused(world: World) -> None:
    """One, two, five or ten minutes."""
    statement = {"rateBasedStatement": {"aggregateKeyType": "IP", "limit": 20, "evaluationWindowSec": 90}}
    assert failures(world, RULE, rule("arn:aws:wafv2:::a", statement=statement)) == {
        "statement.rateBasedStatement.evaluationWindowSec": "90: AWS counts in 60, 120, 300, 600 seconds"
    }


def test_a_log_needs_its_log_group(world: World) -> None:
    """AWS tries it at once."""
    arn = world.make(ACL, **acl()).outputs["arn"]
    group = "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-nowhere"
    with pytest.raises(grpc.RpcError, match="there is no log group aws-waf-logs-nowhere"):
        world.make(LOG, region="us-east-1", resourceArn=arn, logDestinationConfigs=[group])


def test_a_set_is_found_by_its_arn_in_a_rule(world: World) -> None:
    """An IP set may be empty: nobody is in it."""
    arn = networks(world)
    assert arn.split(":")[3] == "us-east-1"
    assert ":global/ipset/" in arn


def built(world: World, rendering: Rendering) -> dict[str, Made]:
    """Make all that a rendering registered, in its order; the ARNs that the rendering made up become those that AWS gives."""
    result: dict[str, Made] = {}
    arns: dict[str, str] = {}
    for found in rendering.registrations:
        if not found.type.startswith("aws:"):
            continue
        row: Row = table()[found.type]
        text = json.dumps(received(found))
        for made_up, arn in arns.items():
            text = text.replace(made_up, arn)
        made = world.driver(row.type).make(row.type, found.name, **json.loads(text))
        arns[f"arn:aws:{found.type.split(':')[1].split('/')[0]}:eu-west-1:123456789012:{found.name}"] = str(made.outputs.get("arn"))
        result[found.name] = made
    return result


def test_the_web_firewall_comes_up_and_is_locked_down(world: World) -> None:
    """All of the component on the emulator; the switch is one update of one rule, and AWS has it."""
    made = built(world, firewall())
    assert rules(world, made["waf-acl"])["lockdown"]["Action"] == {"Count": {}}
    assert len(rules(world, made["waf-acl"])) == 10
    rule_ = made["waf-lockdown"]
    driver = world.driver(RULE)
    checked, _ = driver.check(RULE, rule_.name, {**rule_.inputs, "action": {"block": {}}}, rule_.inputs)
    assert list(driver.diff(rule_, checked).diffs) == ["action"]
    driver.update(rule_, checked)
    assert rules(world, made["waf-acl"])["lockdown"]["Action"] == {"Block": {}}
    assert len(rules(world, made["waf-acl"])) == 10
    for name in reversed(made):
        world.driver(made[name].type).delete(made[name])
    assert world.driver(ACL).read(made["waf-acl"])[0] == ""


def test_the_settings_count_the_capacity_that_the_rules_take() -> None:
    """By two ways: from the settings, and from the rules that the component renders."""
    inputs = [decode(encode(found.inputs)) for found in in_order(firewall())]
    rendered = [web_acl_rules.WORDS.parameters(bare(each), web_acl_rules.rule_shape()) for each in inputs]
    settings = WebFirewall.model_validate({"limits": {"login": LOGIN}})
    assert web_acl.capacity(rendered) == sum(settings.units().values())
