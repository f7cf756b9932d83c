import pulumi_aws as aws

from tests.graph import statements, takes_from, waits_for
from tests.rendering import Rendering


def test_log_groups_are_there_before_the_first_entry(new_stack: Rendering) -> None:
    """AWS would make one without an end otherwise; and a policy that nobody sees."""
    group = new_stack.one(aws.elasticache.ReplicationGroup, "redis-group")
    assert waits_for(new_stack, group, aws.cloudwatch.LogGroup) == {"redis-slow-log", "redis-engine-log"}
    assert waits_for(new_stack, group, aws.cloudwatch.LogResourcePolicy) == {"redis-delivery"}


def test_a_log_is_kept_encrypted_and_protected(new_stack: Rendering) -> None:
    """Below the stack's path, where the logs key lets CloudWatch use it."""
    for log in ("slow-log", "engine-log"):
        group = new_stack.one(aws.cloudwatch.LogGroup, f"redis-{log}")
        assert group.protect
        assert group.inputs["name"] == f"/switchyard/prod/redis/{log}"
        assert group.inputs["retentionInDays"] == 365
        assert takes_from(new_stack, group, "kmsKeyId", aws.kms.Key) == {"encryption-logs"}


def test_only_deliveries_of_this_account_write(old_stack: Rendering) -> None:
    """Into these two groups."""
    document = old_stack.one(aws.cloudwatch.LogResourcePolicy, "redis-delivery").inputs["policyDocument"]
    (statement,) = statements(document).values()
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert [arn.split(":")[-3:] for arn in statement["Resource"]] == [
        [f"redis-{log}", "log-stream", "*"] for log in ("slow-log", "engine-log")
    ]
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "123456789012"},
        "ArnLike": {"aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:*"},
    }
