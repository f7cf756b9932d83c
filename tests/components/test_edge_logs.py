import pulumi_aws as aws

from tests.graph import statements, takes_from
from tests.rendering import Rendering

SECRETS = {"cs(Cookie)", "cs-uri-query", "cs(Referer)"}
"""Fields in which a session, a token or a name can stand
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html)."""


def test_the_access_log_of_the_distribution_is_delivered(new_stack: Rendering) -> None:
    """Source to destination, in us-east-1 whatever the stack's region is: CloudFront's deliveries stand there alone."""
    source = new_stack.one(aws.cloudwatch.LogDeliverySource, "cdn-logs-source")
    destination = new_stack.one(aws.cloudwatch.LogDeliveryDestination, "cdn-logs-destination")
    delivery = new_stack.one(aws.cloudwatch.LogDelivery, "cdn-logs-delivery")
    assert source.inputs["logType"] == "ACCESS_LOGS"
    assert destination.inputs["outputFormat"] == "json"
    assert {found.inputs["region"] for found in (source, destination, delivery)} == {"us-east-1"}
    assert takes_from(new_stack, source, "resourceArn", aws.cloudfront.Distribution) == {"cdn"}
    assert takes_from(new_stack, delivery, "deliverySourceName", aws.cloudwatch.LogDeliverySource) == {source.name}
    assert takes_from(new_stack, delivery, "deliveryDestinationArn", aws.cloudwatch.LogDeliveryDestination) == {destination.name}


def test_deliveries_wait_for_the_bucket_s_policy(new_stack: Rendering) -> None:
    """AWS tries to write when it is told of the bucket."""
    destination = new_stack.one(aws.cloudwatch.LogDeliveryDestination, "cdn-logs-destination")
    assert takes_from(new_stack, destination, "deliveryDestinationConfiguration", aws.s3.BucketPolicy) == {"cdn-logs-policy"}


def test_the_log_tells_no_secret_of_a_user(new_stack: Rendering) -> None:
    """Neither cookies nor queries nor where a viewer comes from; each field is there once."""
    fields = new_stack.one(aws.cloudwatch.LogDelivery, "cdn-logs-delivery").inputs["recordFields"]
    assert len(fields) == len(set(fields))
    assert not SECRETS & set(fields)
    assert {"date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status", "x-edge-result-type", "time-taken"} <= set(fields)


def test_only_deliveries_of_this_account_write(old_stack: Rendering) -> None:
    """Of access logs, into this account's folder, and what they write is the bucket owner's."""
    found = statements(old_stack.one(aws.s3.BucketPolicy, "cdn-logs-policy").inputs["policy"])
    (delivery,) = [statement for statement in found.values() if statement["Effect"] == "Allow"]
    assert delivery["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert delivery["Action"] == ["s3:PutObject"]
    assert delivery["Resource"] == ["arn:aws:s3:eu-west-1:123456789012:cdn-logs/AWSLogs/123456789012/*"]
    assert delivery["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control"},
        "ArnLike": {"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:*"},
    }


def test_the_log_is_encrypted_protected_and_expires(new_stack: Rendering) -> None:
    """By the key of the logs, in the stack's own region."""
    assert new_stack.one(aws.s3.Bucket, "cdn-logs").protect
    assert "region" not in new_stack.one(aws.s3.Bucket, "cdn-logs").inputs
    encrypted = new_stack.one(aws.s3.BucketServerSideEncryptionConfiguration, "cdn-logs-encrypted")
    assert takes_from(new_stack, encrypted, "rules", aws.kms.Key) == {"encryption-logs"}
    (rule,) = new_stack.one(aws.s3.BucketLifecycleConfiguration, "cdn-logs-expiring").inputs["rules"]
    assert rule["expiration"] == {"days": 365}
