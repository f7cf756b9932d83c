import pulumi_aws as aws

from components.catalogue import CATALOGUE
from components.edge_catalogue import WEB_ACL
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
