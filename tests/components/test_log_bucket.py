import pulumi_aws as aws
import pytest

from tests.graph import statements, takes_from, waits_for
from tests.rendering import Rendering


def test_logs_expire_in_a_bucket_of_s3_s_own_key(new_stack: Rendering) -> None:
    """Load balancers deliver to no bucket with a customer key."""
    (rule,) = new_stack.one(aws.s3.BucketServerSideEncryptionConfiguration, "lb-logs-encrypted").inputs["rules"]
    assert rule == {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}
    (rule,) = new_stack.one(aws.s3.BucketLifecycleConfiguration, "lb-logs-expiring").inputs["rules"]
    assert rule["expiration"] == {"days": 365}


def test_only_load_balancers_of_this_account_write(old_stack: Rendering) -> None:
    """By AWS's delivery service, on behalf of load balancers here, and over TLS."""
    found = statements(old_stack.one(aws.s3.BucketPolicy, "lb-logs-policy").inputs["policy"])
    (delivery,) = [statement for statement in found.values() if statement["Effect"] == "Allow"]
    assert delivery["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert delivery["Action"] == ["s3:PutObject"]
    assert delivery["Resource"][0].endswith("/*/AWSLogs/123456789012/*")
    balancers = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/*"
    assert delivery["Condition"] == {"ArnLike": {"aws:SourceArn": balancers}}
    (refusal,) = [statement for statement in found.values() if statement["Effect"] == "Deny"]
    assert refusal["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@pytest.mark.parametrize("log", ["accessLogs", "connectionLogs"])
def test_the_load_balancer_waits_for_the_bucket_s_policy(new_stack: Rendering, log: str) -> None:
    """AWS writes a test file at the moment when logging is turned on, so the bucket's name is taken from its policy."""
    balancer = new_stack.one(aws.lb.LoadBalancer, "lb")
    assert takes_from(new_stack, balancer, log, aws.s3.BucketPolicy) == {"lb-logs-policy"}
    policy = new_stack.one(aws.s3.BucketPolicy, "lb-logs-policy")
    assert waits_for(new_stack, policy, aws.s3.BucketPublicAccessBlock) == {"lb-logs-private"}
