from typing import Any

import pulumi_aws as aws
import pytest

from components.backup_catalogue import VAULT
from components.catalogue import CATALOGUE
from components.database_catalogue import DATABASE, PROXY
from components.redis_catalogue import NODE
from tests.configs import rendered
from tests.graph import names, takes_from
from tests.rendering import Rendering

COLORS = ("api-blue", "api-green", "web-blue", "web-green")
EVERY_ROLE = {"hurt"} | {signal.role for subject in CATALOGUE for signal in subject.signals}
ROLES = {"sick", "busy", "few", "slow", "5xx", "short"}


def test_every_resource_has_the_alarms_of_its_kind(new_stack: Rendering) -> None:
    """One for each signal of the catalogue, and one for each color that joins two of them."""
    alarms = names(new_stack.of(aws.cloudwatch.MetricAlarm))
    of_colors = {f"{color}-{role}" for color in COLORS for role in ROLES}
    of_nat = {f"nat-{zone}-{role}" for zone in "abc" for role in ("full", "drops")}
    of_topics = {f"topics-{place}{news}-undelivered" for place in ("", "edge-", "copy-") for news in ("page", "ticket")}
    of_functions = {f"routing-{role}-{what}" for role in ("site", "service", "answers") for what in ("invalid", "fails", "throttled")}
    of_edge = {"waf-blocked", "cdn-5xx-rate", "cdn-origin-slow", "dns-away"} | of_functions
    of_others = {"lb-5xx", "lb-rejected", "lb-refused", "certificate-ends", "certificate-edge-ends"}
    of_data = {f"database-proxy-{signal.role}" for signal in PROXY.signals}
    of_data |= {f"{name}-{signal.role}" for name in ("database", "replica-r1", "replica-r2") for signal in DATABASE.signals}
    of_data |= {f"redis-{node}-{signal.role}" for node in (1, 2, 3) for signal in NODE.signals} | {"archive-failed", "archive-lost"}
    of_data |= {f"backups-{signal.role}" for signal in VAULT.signals}
    of_data |= {f"backups-copy-{signal.role}" for signal in VAULT.signals if not signal.of_least}
    assert alarms == (of_colors | of_nat | of_topics | of_edge | of_others | of_data) - {"database-db-lag"}
    assert names(new_stack.of(aws.cloudwatch.CompositeAlarm)) == {f"{color}-hurt" for color in COLORS}


@pytest.mark.parametrize("color", COLORS)
def test_an_alarm_watches_its_own_resource(new_stack: Rendering, color: str) -> None:
    """Known by where the dimensions come from."""
    kind = aws.cloudwatch.MetricAlarm
    for role in ROLES - {"short"}:
        alarm = new_stack.one(kind, f"{color}-{role}")
        assert alarm.inputs["dimensions"].keys() == {"LoadBalancer", "TargetGroup"}
        assert takes_from(new_stack, alarm, "dimensions", aws.lb.TargetGroup) == {color}
        assert takes_from(new_stack, alarm, "dimensions", aws.lb.LoadBalancer) == {"lb"}
    short = new_stack.one(kind, f"{color}-short")
    assert short.inputs["dimensions"].keys() == {"AutoScalingGroupName"}
    assert takes_from(new_stack, short, "dimensions", aws.autoscaling.Group) == {f"{color}-group"}


@pytest.mark.parametrize(
    ("alarm", "dimension", "kind", "resource"),
    [
        ("nat-b-full", "NatGatewayId", aws.ec2.NatGateway, "network-nat-b"),
        ("certificate-ends", "CertificateArn", aws.acm.Certificate, "certificate"),
        ("topics-ticket-undelivered", "TopicName", aws.sns.Topic, "topics-ticket"),
    ],
)
def test_what_belongs_to_no_color_is_watched_too(new_stack: Rendering, alarm: str, dimension: str, kind: Any, resource: str) -> None:
    """Each under the one dimension that CloudWatch knows it by."""
    found = new_stack.one(aws.cloudwatch.MetricAlarm, alarm)
    assert found.inputs["dimensions"].keys() == {dimension}
    assert takes_from(new_stack, found, "dimensions", kind) == {resource}


def test_an_alarm_stands_where_its_figures_are(old_stack: Rendering) -> None:
    """And tells a topic there: it can reach no other."""
    ends = old_stack.one(aws.cloudwatch.MetricAlarm, "certificate-edge-ends")
    assert ends.inputs["region"] == "us-east-1"
    assert takes_from(old_stack, ends, "alarmActions", aws.sns.TopicPolicy) == {"topics-edge-ticket-policy"}
    assert "region" not in old_stack.one(aws.cloudwatch.MetricAlarm, "certificate-ends").inputs


def test_a_gateway_for_all_zones_is_watched_once() -> None:
    """Its alarms are named after the zone that it stands in."""
    alarms = names(rendered({"network.nat": "single"}).of(aws.cloudwatch.MetricAlarm))
    assert {name for name in alarms if name.startswith("nat-")} == {"nat-a-full", "nat-a-drops"}


def test_no_alarm_depends_on_which_color_is_live() -> None:
    """Their inputs are the same for either, so a flip touches none of them."""

    def alarms(changes: dict[str, Any]) -> dict[str, Any]:
        made = rendered(changes)
        return {alarm.name: alarm for kind in (aws.cloudwatch.MetricAlarm, aws.cloudwatch.CompositeAlarm) for alarm in made.of(kind)}

    blue, green = alarms({}), alarms({"services.api.live": "green", "services.api.canary": None})
    assert len(blue) > len(ROLES) * 2 + 3 * len(DATABASE.signals)
    assert blue == green


def test_a_sick_target_pages_only_if_its_color_was_busy(old_stack: Rendering) -> None:
    """An idle color is a ticket; one that was just emptied still counts as busy for an hour."""
    hurt = old_stack.one(aws.cloudwatch.CompositeAlarm, "api-blue-hurt")
    assert hurt.inputs["alarmRule"] == 'ALARM("api-blue-sick-0123456") AND ALARM("api-blue-busy-0123456")'
    assert takes_from(old_stack, hurt, "alarmActions", aws.sns.TopicPolicy) == {"topics-page-policy"}
    sick = old_stack.one(aws.cloudwatch.MetricAlarm, "api-blue-sick")
    assert takes_from(old_stack, sick, "alarmActions", aws.sns.TopicPolicy) == {"topics-ticket-policy"}
    assert old_stack.one(aws.cloudwatch.MetricAlarm, "api-blue-busy").inputs["alarmActions"] == []


def test_what_sets_an_alarm_off_is_told_when_it_is_over(new_stack: Rendering) -> None:
    """To the same people."""
    for kind in (aws.cloudwatch.MetricAlarm, aws.cloudwatch.CompositeAlarm):
        for alarm in new_stack.of(kind):
            assert alarm.inputs["okActions"] == alarm.inputs["alarmActions"]


def test_a_percentile_is_an_extended_statistic(new_stack: Rendering) -> None:
    """AWS refuses both kinds on one alarm, and a percentile as the plain one."""
    alarms = new_stack.of(aws.cloudwatch.MetricAlarm)
    assert [alarm.name for alarm in alarms if ("statistic" in alarm.inputs) == ("extendedStatistic" in alarm.inputs)] == []
    slow = new_stack.one(aws.cloudwatch.MetricAlarm, "api-blue-slow")
    assert slow.inputs["extendedStatistic"] == "p99"
    assert slow.inputs["threshold"] == 1


def test_thresholds_that_are_a_resource_s_own_come_from_config() -> None:
    """The floor of the color and the objective for latency."""
    made = rendered({"services.api.blue.capacity.min": 5, "monitoring.target_latency_p99_ms": 250})
    kind = aws.cloudwatch.MetricAlarm
    assert made.one(kind, "api-blue-few").inputs["threshold"] == 5
    assert made.one(kind, "api-blue-short").inputs["threshold"] == 5
    assert made.one(kind, "api-green-few").inputs["threshold"] == 3
    assert made.one(kind, "api-green-slow").inputs["threshold"] == 0.25


def test_a_color_that_may_be_empty_has_no_alarm_for_being_so() -> None:
    """A threshold of 0 could never be undercut: it would be a dead alarm."""
    made = rendered({"services.api.green.capacity.min": 0})
    assert {"api-green-few", "api-green-short"}.isdisjoint(names(made.of(aws.cloudwatch.MetricAlarm)))
    assert {"api-blue-few", "api-blue-short", "api-green-sick"} <= names(made.of(aws.cloudwatch.MetricAlarm))


def test_an_alarm_says_what_to_do(new_stack: Rendering) -> None:
    """What it means, the first command to type, and where to read on; within CloudWatch's 1,024 characters."""
    for kind in (aws.cloudwatch.MetricAlarm, aws.cloudwatch.CompositeAlarm):
        for alarm in new_stack.of(kind):
            role = max((role for role in EVERY_ROLE if alarm.name.endswith(f"-{role}")), key=len)
            said = f"Start with `switchyard status -s prod`, then docs/runbooks/alarms.md#{role}."
            assert alarm.inputs["alarmDescription"].endswith(said)
            assert len(alarm.inputs["alarmDescription"]) <= 1024
