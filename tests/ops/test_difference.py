"""How a difference is told."""

from typing import Any

import pytest
from pulumi.automation.events import OpType

from components.edge import traffic_value
from ops.difference import EGRESS, INGRESS, OTHERWISE, SECRET, differences, opening, spelled
from ops.parts import GROUP, RULE, SITE_TRAFFIC, STORE_KEY
from tests.ops.stand_in import action, rule_step, step_of

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
ARNS = {"blue": "arn:blue", "green": "arn:green"}
HIDDEN = {SECRET: "1b47", "ciphertext": "[secret]"}
"""A secret as the engine shows it."""


def told(kind: str, name: str, new: dict[str, Any], old: dict[str, Any], op: OpType = OpType.UPDATE) -> list[str]:
    """The differences of a step in words; its keys are what it puts back."""
    step = step_of(kind, name, [*new], old, new, op)
    return [str(each) for each in differences(step, [*new], {"shop": "store"})]


def test_weights_are_told_in_shares() -> None:
    """Blue first, under the service's name in config."""
    step = rule_step("shop", {"blue": 90, "green": 10}, {"blue": 100, "green": 0}, ARNS)
    assert [str(each) for each in differences(step, ["actions"], {"shop": "store"})] == ["weights of store: config 100/0, AWS 90/10"]


def test_the_site_s_key_is_told_word_by_word() -> None:
    """As `status` and `verify` call them; what nobody can read is shown as it is."""
    new, old = traffic_value("r1", "r2", 0, False), traffic_value("r9", "r2", 10, False)  # noqa: FBT003 -- in the order of the program
    assert told(STORE_KEY, SITE_TRAFFIC, {"value": new}, {"value": old}) == [
        "live of site: config r1, AWS r9",
        "percent of site: config 0 %, AWS 10 %",
    ]
    assert told(STORE_KEY, SITE_TRAFFIC, {"value": new}, {"value": "{"}) == [
        f"KeyvaluestoreKey routing-traffic value: config {new}, AWS {{"
    ]


def test_what_a_traffic_rule_has_otherwise_beside_weights_is_told_too() -> None:
    """Clients that stick to a color are not moved by weights; a duration without sticking is nothing."""
    [old], [new] = action({"blue": 90, "green": 10}, ARNS), action({"blue": 100, "green": 0}, ARNS)
    old["forward"]["stickiness"], new["forward"]["stickiness"] = {"enabled": True, "duration": 60}, {"enabled": False, "duration": 1}
    what = "ListenerRule api-traffic actions[0].forward.stickiness"
    sticky = [f"{what}.duration: config nothing, AWS 60", f"{what}.enabled: config false, AWS true"]
    assert told(RULE, "api-traffic", {"actions": [new]}, {"actions": [old]}) == ["weights of api: config 100/0, AWS 90/10", *sticky]
    old["forward"]["stickiness"] = {"enabled": False}
    assert told(RULE, "api-traffic", {"actions": [new]}, {"actions": [old]}) == ["weights of api: config 100/0, AWS 90/10"]


def test_weights_that_are_the_same_are_no_difference() -> None:
    """What differs is the rest of the rule."""
    same = action({"blue": 100, "green": 0}, ARNS)
    found = told(RULE, "api-traffic", {"actions": same, "priority": 3}, {"actions": same, "priority": 9})
    assert found == [f"ListenerRule api-traffic actions: {OTHERWISE}", "ListenerRule api-traffic priority: config 3, AWS 9"]


def test_weights_over_other_target_groups_are_told_as_what_they_are() -> None:
    """Shares of something else are no shares."""
    old = {"actions": action({"blue": 100, "green": 0}, {"blue": "arn:other", "green": "arn:green"})}
    new = {"actions": action({"blue": 100, "green": 0}, ARNS)}
    what = "ListenerRule api-traffic actions[0].forward.targetGroups[0].arn"
    assert told(RULE, "api-traffic", new, old) == [f"{what}: config arn:blue, AWS arn:other"]


def test_sizes_have_their_operators_words() -> None:
    """A floor and a ceiling, each by itself."""
    found = told(GROUP, "api-blue-group", {"minSize": 3, "maxSize": 12, "healthCheckType": "ELB"}, {"minSize": 5, "maxSize": 20})
    assert found == [
        "floor of api-blue: config 3, AWS 5",
        "ceiling of api-blue: config 12, AWS 20",
        "Group api-blue-group healthCheckType: config ELB, AWS nothing",
    ]


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        (INGRESS, {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"}, "tcp 443 from 0.0.0.0/0"),
        (EGRESS, {"ipProtocol": "udp", "fromPort": 1, "toPort": 9, "cidrIpv6": "::/0"}, "udp 1-9 to ::/0"),
        (EGRESS, {"ipProtocol": "-1", "prefixListId": "pl-1"}, "all traffic to pl-1"),
        (INGRESS, {"ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "referencedSecurityGroupId": "sg-1"}, "tcp 80 from sg-1"),
    ],
)
def test_a_security_groups_rule_is_told_by_what_it_lets_through(kind: str, facts: dict[str, Any], words: str) -> None:
    """Both directions, every kind of peer."""
    assert opening(kind, facts) == words


def test_a_security_groups_rule_is_told_once() -> None:
    """Ports and peer are one thing to an operator."""
    old = {"ipProtocol": "tcp", "fromPort": 1, "toPort": 9, "cidrIpv4": "0.0.0.0/0"}
    new = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"}
    assert told(INGRESS, "lb-cdn", new, old) == ["security group rule lb-cdn: config tcp 443 from 0.0.0.0/0, AWS tcp 1-9 from 0.0.0.0/0"]
    assert told(INGRESS, "lb-cdn", {"tags": {"a": "1"}}, {"tags": {"a": "2"}}) == [
        "SecurityGroupIngressRule lb-cdn tags.a: config 1, AWS 2"
    ]


def test_the_innermost_values_are_named() -> None:
    """With the way to each; a list of another length is told whole."""
    new = {"dimensions": {"a": 1, "b": [1, {"c": 2}]}, "actions": ["x"]}
    old = {"dimensions": {"a": 1, "b": [1, {"c": 3}]}, "actions": ["x", "y"]}
    assert told(ALARM, "lb-5xx", new, old) == [
        "MetricAlarm lb-5xx dimensions.b[1].c: config 2, AWS 3",
        'MetricAlarm lb-5xx actions: config ["x"], AWS ["x", "y"]',
    ]


def test_what_somebody_deleted_is_gone() -> None:
    """It would be made again."""
    assert told(ALARM, "lb-5xx", {"threshold": 1}, {}, OpType.CREATE) == ["MetricAlarm lb-5xx: gone from AWS"]


def test_a_secret_is_never_shown() -> None:
    """Neither by itself nor inside of something: that it differs is all there is to say."""
    inside = {"values": [{"name": "x", "value": HIDDEN}]}
    assert told(RULE, "p", {"conditions": inside}, {"conditions": inside}) == ["ListenerRule p conditions: a secret in it differs"]
    assert told(RULE, "p", {"conditions": [HIDDEN, 1]}, {"conditions": [1]}) == ["ListenerRule p conditions: config a secret, AWS [1]"]
    assert spelled({"a": HIDDEN}) == "a secret"


@pytest.mark.parametrize("keys", [[], ["threshold"]])
def test_a_difference_that_the_engine_does_not_show_is_told_all_the_same(keys: list[str]) -> None:
    """It names no input, or one that looks alike."""
    step = step_of(ALARM, "lb-5xx", keys, {"threshold": 1}, {"threshold": 1})
    [found] = differences(step, keys, {})
    assert str(found) == f"{' '.join(['MetricAlarm lb-5xx', *keys])}: {OTHERWISE}"


def test_the_providers_own_notes_are_no_difference() -> None:
    """The official one writes them into inputs."""
    new, old = {"path": {"to": 1, "__defaults": []}}, {"path": {"to": 2, "__defaults": ["x"]}}
    assert told(ALARM, "a", new, old) == ["MetricAlarm a path.to: config 1, AWS 2"]


def test_a_long_value_is_cut() -> None:
    """A boot script has kilobytes."""
    assert spelled("x" * 100) == "x" * 80 + "…"
    assert spelled(None) == "nothing"
    assert spelled(value=True) == "true"
