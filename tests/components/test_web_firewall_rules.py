import re

import pulumi_aws as aws
import pytest

from components.managed_rules import GROUPS
from settings_web_firewall import Limit
from settings_web_firewall import WebFirewall as Config
from tests.components.web_firewalls import firewall, in_order
from tests.rendering import Rendering


@pytest.fixture(scope="module")
def made() -> Rendering:
    """Return the web firewall with the default groups and one limit."""
    return firewall()


def test_the_whole_site_is_limited_by_address(made: Rendering) -> None:
    """So many requests in five minutes; beyond that the address is blocked."""
    rule = made.one(aws.wafv2.WebAclRule, "waf-requests").inputs
    assert rule["statement"] == {"rateBasedStatement": {"aggregateKeyType": "IP", "limit": 2000, "evaluationWindowSec": 300}}
    assert rule["action"] == {"block": {}}


def test_one_rule_limits_several_paths_each_by_itself(made: Rendering) -> None:
    """By address and path, both after decoding, so that no spelling of a path escapes."""
    rule = made.one(aws.wafv2.WebAclRule, "waf-limit-login").inputs
    rate = rule["statement"]["rateBasedStatement"]
    plain = [{"priority": 0, "type": "URL_DECODE"}, {"priority": 1, "type": "NORMALIZE_PATH"}]
    assert (rate["aggregateKeyType"], rate["limit"], rate["evaluationWindowSec"]) == ("CUSTOM_KEYS", 20, 60)
    assert rate["customKeys"] == [{"ip": {}}, {"uriPath": {"textTransformations": plain}}]
    scope = rate["scopeDownStatement"]["regexMatchStatement"]
    assert scope["fieldToMatch"] == {"uriPath": {}}
    assert scope["textTransformations"] == plain
    assert rule["action"] == {"block": {}}


@pytest.mark.parametrize(
    ("path", "matches"),
    [("/api/login", True), ("/api/login/", True), ("/a.b", True), ("/axb", False), ("/api/login/x", False), ("/x/api/login", False)],
)
def test_a_limit_is_for_its_paths_alone(path: str, matches: bool) -> None:  # noqa: FBT001 -- a case's expectation
    """With a slash at the end or without; a dot is a dot."""
    limit = Limit(paths=("/api/login", "/a.b"), requests=10)
    assert bool(re.search(limit.pattern, path)) is matches


def test_aws_s_groups_are_pinned_and_decide_for_themselves(made: Rendering) -> None:
    """Each at the version of the table where it has versions; none is overridden as a whole."""
    managed = [rule.inputs for rule in in_order(made) if "managedRuleGroupStatement" in rule.inputs["statement"]]
    assert [rule["overrideAction"] for rule in managed] == [{"none": {}}] * 7
    statements = {
        rule["statement"]["managedRuleGroupStatement"]["name"]: rule["statement"]["managedRuleGroupStatement"] for rule in managed
    }
    assert {name: statement.get("version") for name, statement in statements.items()} == {name: GROUPS[name].version for name in statements}
    assert {statement["vendorName"] for statement in statements.values()} == {"AWS"}


def test_another_version_can_be_asked_for() -> None:
    """For a roll back of AWS's own release."""
    groups = {**Config().groups, "AWSManagedRulesCommonRuleSet": {"version": "Version_1.22"}}
    rule = firewall({"groups": groups}).one(aws.wafv2.WebAclRule, "waf-common").inputs
    assert rule["statement"]["managedRuleGroupStatement"]["version"] == "Version_1.22"


def test_a_counted_rule_blocks_nothing(made: Rendering) -> None:
    """By an override of this one rule, the others stay as they are."""
    statement = made.one(aws.wafv2.WebAclRule, "waf-anonymous-ip").inputs["statement"]["managedRuleGroupStatement"]
    assert statement["ruleActionOverrides"] == [{"name": "HostingProviderIPList", "actionToUse": {"count": {}}}]
    assert "ruleActionOverrides" not in made.one(aws.wafv2.WebAclRule, "waf-common").inputs["statement"]["managedRuleGroupStatement"]


def test_bot_control_looks_for_common_bots(made: Rendering) -> None:
    """The level that needs no script in the pages."""
    statement = made.one(aws.wafv2.WebAclRule, "waf-bots").inputs["statement"]["managedRuleGroupStatement"]
    assert statement["managedRuleGroupConfigs"] == [{"awsManagedRulesBotControlRuleSet": {"inspectionLevel": "COMMON"}}]
