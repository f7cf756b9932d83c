from typing import Any

import pulumi_aws as aws
import pytest

from components import cdn
from components.catalogue import CATALOGUE
from components.edge_catalogue import DISTRIBUTION, FUNCTION, HEALTH_CHECK, WEB_ACL
from tests.graph import takes_from
from tests.rendering import Rendering


def test_what_the_web_firewall_blocks_is_counted_under_all_rules(old_stack: Rendering) -> None:
    """CloudWatch has the figures of a web ACL under a second dimension, which is one rule's name or `ALL`; a ticket for whoever looks."""
    assert WEB_ACL in CATALOGUE
    alarm = old_stack.one(aws.cloudwatch.MetricAlarm, "waf-blocked")
    acl = old_stack.one(aws.wafv2.WebAcl, "waf-acl")
    assert alarm.inputs["dimensions"] == {"WebACL": acl.inputs["visibilityConfig"]["metricName"], "Rule": "ALL"}
    assert alarm.inputs["region"] == acl.inputs["region"] == "us-east-1"
    assert takes_from(old_stack, alarm, "dimensions", aws.wafv2.WebAcl) == {"waf-acl"}
    assert takes_from(old_stack, alarm, "alarmActions", aws.sns.TopicPolicy) == {"topics-edge-ticket-policy"}


@pytest.mark.parametrize(
    ("alarm", "dimensions", "kind", "resource", "tells"),
    [
        ("cdn-5xx-rate", {"DistributionId": "cdn-id", "Region": "Global"}, aws.cloudfront.Distribution, "cdn", "page"),
        ("cdn-origin-slow", {"DistributionId": "cdn-id", "Region": "Global"}, aws.cloudfront.Distribution, "cdn", "ticket"),
        (
            "routing-site-fails",
            {"FunctionName": "routing-site-0123456", "Region": "Global"},
            aws.cloudfront.Function,
            "routing-site",
            "page",
        ),
        ("dns-away", {"HealthCheckId": "dns-health-id"}, aws.route53.HealthCheck, "dns-health", "page"),
    ],
)
def test_what_stands_at_the_edge_is_watched_where_aws_counts_it(
    old_stack: Rendering, alarm: str, dimensions: dict[str, str], kind: Any, resource: str, tells: str
) -> None:
    """In us-east-1, and CloudFront's figures under a region called Global: with fewer dimensions an alarm never sees one."""
    assert all(subject in CATALOGUE for subject in (DISTRIBUTION, FUNCTION, HEALTH_CHECK))
    found = old_stack.one(aws.cloudwatch.MetricAlarm, alarm)
    assert found.inputs["dimensions"] == dimensions
    assert found.inputs["region"] == "us-east-1"
    assert takes_from(old_stack, found, "dimensions", kind) == {resource}
    assert takes_from(old_stack, found, "alarmActions", aws.sns.TopicPolicy) == {f"topics-edge-{tells}-policy"}


def test_an_origin_is_slow_before_the_cdn_gives_it_up() -> None:
    """Latency is in milliseconds; at the read timeout itself it would be an error, and tell nobody anything new."""
    (slow,) = [signal for signal in DISTRIBUTION.signals if signal.metric == "OriginLatency"]
    assert slow.threshold == 0.8 * 1000 * cdn.READ_SECONDS
    assert slow.extended_statistic == "p90"


def test_the_home_page_is_away_as_soon_as_it_does_not_answer() -> None:
    """The status is 1 or 0, and its least value says whether it was ever gone; three minutes of it wake somebody."""
    (away,) = HEALTH_CHECK.signals
    assert (away.statistic, away.comparison, away.threshold, away.bad_periods) == ("Minimum", "LessThanThreshold", 1, 3)
