import json

import pulumi_aws as aws

from tests.configs import rendered
from tests.graph import statements, takes_from
from tests.rendering import Rendering


def test_what_rds_says_of_each_instance_is_told(new_stack: Rendering) -> None:
    """Of those of this stack alone; the daily backup says nothing new."""
    pattern = json.loads(new_stack.one(aws.cloudwatch.EventRule, "database-events").inputs["eventPattern"])
    instances = sorted(made.inputs["identifier"] for made in new_stack.of(aws.rds.Instance))
    assert (pattern["source"], pattern["detail-type"]) == (["aws.rds"], ["RDS DB Instance Event"])
    assert pattern["detail"]["SourceIdentifier"] == instances
    assert {"failover", "failure", "low storage", "maintenance"} <= set(pattern["detail"]["EventCategories"])
    assert "backup" not in pattern["detail"]["EventCategories"]


def test_a_restored_instance_is_told_of_too() -> None:
    """And whatever else is one of the database's."""
    stack = rendered({"database.restore": {"from": "before-the-mistake"}})
    pattern = json.loads(stack.one(aws.cloudwatch.EventRule, "database-events").inputs["eventPattern"])
    assert stack.one(aws.rds.Instance, "restored").inputs["identifier"] in pattern["detail"]["SourceIdentifier"]


def test_an_event_is_a_line_of_a_mail(new_stack: Rendering) -> None:
    """To whoever reads tickets: a page of JSON is read by nobody."""
    target = new_stack.one(aws.cloudwatch.EventTarget, "database-events-mail")
    transformer = target.inputs["inputTransformer"]
    assert {f"<{name}>" in transformer["inputTemplate"] for name in transformer["inputPaths"]} == {True}
    assert transformer["inputTemplate"].startswith('"')
    assert takes_from(new_stack, target, "arn", aws.sns.TopicPolicy) == {"topics-ticket-policy"}


def test_the_topic_s_key_lets_events_in(old_stack: Rendering) -> None:
    """For topics of this account and region; AWS knows no other condition there. At the edge there are no events."""
    statement = statements(old_stack.one(aws.kms.Key, "encryption-alarms").inputs["policy"])["EventsPublish"]
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    topics = "arn:aws:sns:eu-west-1:123456789012:*"
    assert statement["Condition"] == {"ArnLike": {"kms:EncryptionContext:aws:sns:topicArn": topics}}
    assert "EventsPublish" not in statements(old_stack.one(aws.kms.Key, "encryption-edge-alarms").inputs["policy"])
