import json
import re
from typing import Any

import pulumi_aws as aws
import pytest

from components import web_firewall_rules
from components.managed_rules import GROUPS
from tests.components.web_firewalls import KEY, firewall, in_order
from tests.graph import takes_from, waits_for
from tests.rendering import Registration, Rendering


@pytest.fixture(scope="module")
def made() -> Rendering:
    """Return the web firewall with the default groups and one limit."""
    return firewall()


def different(one: Rendering, other: Rendering) -> dict[str, set[str]]:
    """The inputs in which the resources of two renderings differ, by resource."""
    before = {found.urn: found for found in one.registrations}
    after = {found.urn: found for found in other.registrations}
    assert before.keys() == after.keys()
    changed = {urn: _differing(before[urn].inputs, after[urn].inputs) for urn in before}
    return {before[urn].name: names for urn, names in changed.items() if names}


def _differing(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


def rule(rendering: Rendering, role: str) -> Registration:
    """The rule of one name."""
    return rendering.one(aws.wafv2.WebAclRule, f"waf-{role}")


def test_all_of_it_is_where_cloudfront_looks_for_it(made: Rendering) -> None:
    """In us-east-1, whatever the stack's region is, and of the scope CLOUDFRONT."""
    resources = [found for found in made.registrations if found.custom and found.type.startswith("aws:")]
    assert resources
    assert {found.inputs["region"] for found in resources} == {"us-east-1"}
    assert {found.inputs["scope"] for found in (*made.of(aws.wafv2.WebAcl), *made.of(aws.wafv2.IpSet))} == {"CLOUDFRONT"}


def test_the_acl_lets_pass_what_no_rule_stops(made: Rendering) -> None:
    """Its rules are resources of their own, so it ignores them."""
    acl = made.one(aws.wafv2.WebAcl, "waf-acl")
    assert acl.inputs["defaultAction"] == {"allow": {}}
    assert acl.ignore_changes == ("rules",)
    assert "rules" not in acl.inputs


def test_everything_is_measured_and_sampled(made: Rendering) -> None:
    """The ACL under a name that no other stack of the account has, each rule under its own."""
    metric = made.one(aws.wafv2.WebAcl, "waf-acl").inputs["visibilityConfig"]["metricName"]
    assert re.fullmatch(r"switchyard-test-waf-[0-9a-f]{5}", metric)
    for found in (*made.of(aws.wafv2.WebAcl), *made.of(aws.wafv2.WebAclRule)):
        config = found.inputs["visibilityConfig"]
        assert (config["cloudwatchMetricsEnabled"], config["sampledRequestsEnabled"]) == (True, True)
    metrics = [found.inputs["visibilityConfig"]["metricName"] for found in made.of(aws.wafv2.WebAclRule)]
    assert metrics == [found.inputs["name"] for found in made.of(aws.wafv2.WebAclRule)]


def test_the_rules_look_in_this_order(made: Rendering) -> None:
    """Lockdown, addresses of bad repute, rates, then AWS's groups, and last the one that costs by the request."""
    order = [found.inputs["name"] for found in in_order(made)]
    rates = ["requests", "limit-login"]
    assert order == ["lockdown", "ip-reputation", "anonymous-ip", *rates, "bad-inputs", "common", "sqli", "unix", "bots"]


def test_nothing_is_written_at_the_same_time(made: Rendering) -> None:
    """AWS takes one write a second: networks, ACL, log, then one rule after the other."""
    before, *after = in_order(made)
    assert waits_for(made, made.one(aws.wafv2.IpSet, "waf-ipv6"), aws.wafv2.IpSet) == {"waf-ipv4"}
    assert waits_for(made, made.one(aws.wafv2.WebAcl, "waf-acl"), aws.wafv2.IpSet) == {"waf-ipv6"}
    assert waits_for(made, before, aws.wafv2.WebAclLoggingConfiguration) == {"waf-logging"}
    for found in after:
        assert waits_for(made, found, aws.wafv2.WebAclRule) == {before.name}
        before = found


def test_lockdown_is_one_change_of_one_rule(made: Rendering) -> None:
    """On and off differ in what happens to those who are in no allowed network."""
    locked = firewall(lockdown=True)
    assert different(made, locked) == {"waf-lockdown": {"action"}}
    assert rule(made, "lockdown").inputs["action"] == {"count": {}}
    assert rule(locked, "lockdown").inputs["action"] == {"block": {}}


def test_lockdown_is_for_those_in_neither_list(made: Rendering) -> None:
    """IPv4 and IPv6, of which either may be empty."""
    found = rule(made, "lockdown")
    others = found.inputs["statement"]["notStatement"]["statement"]["orStatement"]["statements"]
    assert [list(other) for other in others] == [["ipSetReferenceStatement"], ["ipSetReferenceStatement"]]
    assert takes_from(made, found, "statement", aws.wafv2.IpSet) == {"waf-ipv4", "waf-ipv6"}
    assert made.one(aws.wafv2.IpSet, "waf-ipv4").inputs["addresses"] == ["203.0.113.0/24"]
    assert made.one(aws.wafv2.IpSet, "waf-ipv6").inputs["addresses"] == ["2001:db8::/48"]


def test_another_network_changes_one_list_only(made: Rendering) -> None:
    """The lists are always there, with and without networks."""
    assert different(made, firewall(networks=("203.0.113.0/24",))) == {"waf-ipv6": {"addresses"}}
    assert different(made, firewall(networks=())) == {"waf-ipv4": {"addresses"}, "waf-ipv6": {"addresses"}}


def test_a_new_limit_moves_no_other_rule(made: Rendering) -> None:
    """Each limit has a place of its own, since AWS refuses two rules in one place, if only for a moment."""
    more = firewall({"limits": {"a": {"paths": ["/a"], "requests": 10}, "login": {"paths": ["/api/login"], "requests": 20}}})
    assert [found.inputs["priority"] for found in in_order(made) if found.inputs["name"] == "limit-login"] == [
        found.inputs["priority"] for found in in_order(more) if found.inputs["name"] == "limit-login"
    ]
    assert len({found.inputs["priority"] for found in in_order(more)}) == len(in_order(more))


def test_the_body_is_read_as_far_as_config_says() -> None:
    """AWS reads 16 KB by itself."""
    acl = firewall({"body_kb": 64}).one(aws.wafv2.WebAcl, "waf-acl")
    assert acl.inputs["associationConfig"] == {"requestBodies": [{"cloudfront": {"defaultSizeInspectionLimit": "KB_64"}}]}


def test_the_log_is_kept_and_encrypted(made: Rendering) -> None:
    """Under a name that AWS delivers to, protected."""
    group = made.one(aws.cloudwatch.LogGroup, "waf-log")
    assert group.protect
    assert re.fullmatch(r"aws-waf-logs-switchyard-test-waf-[0-9a-f]{5}", group.inputs["name"])
    assert (group.inputs["kmsKeyId"], group.inputs["retentionInDays"]) == (KEY, 365)


def test_the_log_holds_no_secret(made: Rendering) -> None:
    """Sessions, tokens and the word that opens a preview are redacted."""
    log = made.one(aws.wafv2.WebAclLoggingConfiguration, "waf-logging")
    redacted = [field["singleHeader"]["name"] for field in log.inputs["redactedFields"]]
    assert redacted == ["authorization", "cookie", "x-switchyard-preview"]
    assert "loggingFilter" not in log.inputs


def test_only_this_account_s_deliveries_write_the_log(made: Rendering) -> None:
    """By a policy of this stack's own, which stands before AWS tries it."""
    log = made.one(aws.wafv2.WebAclLoggingConfiguration, "waf-logging")
    assert waits_for(made, log, aws.cloudwatch.LogResourcePolicy) == {"waf-delivery"}
    (statement,) = json.loads(made.one(aws.cloudwatch.LogResourcePolicy, "waf-delivery").inputs["policyDocument"])["Statement"]
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": "123456789012"}
    assert "*" not in statement["Resource"]


def test_the_arn_is_told_once_every_rule_stands(made: Rendering) -> None:
    """A distribution that names the ACL is never guarded by half of it."""
    assert made.outputs["arn"] == in_order(made)[-1].inputs["webAclArn"]


def claims() -> list[tuple[str, list[str], list[str]]]:
    """The table of the OWASP Top 10 in the module's text: line, rules, and what in them does it."""
    rows = re.findall(r"^\| (A\d\d [^|]+) \| ([^|]+) \| ([^|]*)\|$", web_firewall_rules.__doc__ or "", re.MULTILINE)
    return [(line, rules.split(", "), [part for part in parts.strip().split(", ") if part]) for line, rules, parts in rows]


def test_every_line_of_the_owasp_top_10_is_spoken_of() -> None:
    """Met by rules, or said to be met elsewhere."""
    assert {f"A{number:02}" for number in range(1, 11)} <= set(re.findall(r"A\d\d", web_firewall_rules.__doc__ or ""))
    assert len(claims()) == 7


@pytest.mark.parametrize(("line", "roles", "parts"), claims(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_claim_is_met_by_rules_that_stand_and_block(made: Rendering, line: str, roles: list[str], parts: list[str]) -> None:
    """Each rule that the table names is rendered, and each part of it is a rule of that group which nothing has set to count."""
    assert roles, line
    rendered = {found.inputs["name"]: found for found in made.of(aws.wafv2.WebAclRule)}
    assert set(roles) <= rendered.keys()
    known = [name for group in GROUPS.values() if group.role in roles for name in group.rules]
    counted = {name for role in roles for name in _counted(rendered[role])}
    for part in parts:
        matching = {name for name in known if name.startswith(part)}
        assert matching
        assert not matching & counted


def _counted(found: Registration) -> set[str]:
    managed = found.inputs["statement"].get("managedRuleGroupStatement", {})
    return {override["name"] for override in managed.get("ruleActionOverrides", [])}
