import pulumi_aws as aws
import pytest

from tests.graph import statements, takes_from, waits_for
from tests.rendering import Rendering

BUCKETS = ("site", "site-copy")
REGIONS = {"site": None, "site-copy": "eu-central-1"}
ARN = "arn:aws:s3:eu-west-1:123456789012:{}"


@pytest.mark.parametrize("bucket", [*BUCKETS, *(f"{name}-log" for name in BUCKETS)])
def test_it_is_private_and_protected(old_stack: Rendering, bucket: str) -> None:
    """What is public is shown by the CDN; the record of requests is nobody's."""
    assert old_stack.one(aws.s3.Bucket, bucket).protect
    closed = old_stack.one(aws.s3.BucketPublicAccessBlock, f"{bucket}-private").inputs
    assert {closed[key] for key in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")} == {True}


@pytest.mark.parametrize("bucket", BUCKETS)
def test_releases_are_versioned_and_never_expire(old_stack: Rendering, bucket: str) -> None:
    """A release is removed by no clock: one that was live a year ago may be returned to."""
    versioned = old_stack.one(aws.s3.BucketVersioning, f"{bucket}-versioned").inputs
    assert versioned["versioningConfiguration"] == {"status": "Enabled"}
    (rule,) = old_stack.one(aws.s3.BucketLifecycleConfiguration, f"{bucket}-expiring").inputs["rules"]
    assert "expiration" not in rule


@pytest.mark.parametrize("bucket", BUCKETS)
def test_files_are_encrypted_by_a_key_of_the_stack(new_stack: Rendering, bucket: str) -> None:
    """Each copy by the key of its own region."""
    encrypted = new_stack.one(aws.s3.BucketServerSideEncryptionConfiguration, f"{bucket}-encrypted")
    (rule,) = encrypted.inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["sseAlgorithm"] == "aws:kms"
    assert rule["bucketKeyEnabled"] is True
    assert takes_from(new_stack, encrypted, "rules", aws.kms.Key) == {f"encryption-{bucket}"}
    assert new_stack.one(aws.kms.Key, f"encryption-{bucket}").inputs.get("region") == REGIONS[bucket]


@pytest.mark.parametrize("bucket", BUCKETS)
def test_only_distributions_of_this_account_read(old_stack: Rendering, bucket: str) -> None:
    """And list, so that a file that is missing is a 404; nobody writes by this policy, and nobody comes without TLS."""
    found = statements(old_stack.one(aws.s3.BucketPolicy, f"{bucket}-policy").inputs["policy"])
    allowed = {sid: statement for sid, statement in found.items() if statement["Effect"] == "Allow"}
    assert {sid: statement["Action"] for sid, statement in allowed.items()} == {"Read": ["s3:GetObject"], "List": ["s3:ListBucket"]}
    assert (allowed["Read"]["Resource"], allowed["List"]["Resource"]) == ([f"{ARN.format(bucket)}/*"], [ARN.format(bucket)])
    for statement in allowed.values():
        assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        assert statement["Condition"] == {"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}}
    (refusal,) = [statement for statement in found.values() if statement["Effect"] == "Deny"]
    assert refusal["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@pytest.mark.parametrize("bucket", BUCKETS)
def test_requests_are_recorded_in_a_bucket_beside_it(new_stack: Rendering, bucket: str) -> None:
    """In the same region, as S3 demands, by its own key, the only one with which it logs; the record expires."""
    logging = new_stack.one(aws.s3.BucketLogging, f"{bucket}-logging")
    assert takes_from(new_stack, logging, "targetBucket", aws.s3.BucketPolicy) == {f"{bucket}-log-policy"}
    assert waits_for(new_stack, logging, aws.s3.BucketPolicy) == {f"{bucket}-policy", f"{bucket}-log-policy"}
    regions = {found.inputs.get("region") for found in (logging, new_stack.one(aws.s3.Bucket, f"{bucket}-log"))}
    assert regions == {REGIONS[bucket]}
    (rule,) = new_stack.one(aws.s3.BucketServerSideEncryptionConfiguration, f"{bucket}-log-encrypted").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}
    (rule,) = new_stack.one(aws.s3.BucketLifecycleConfiguration, f"{bucket}-log-expiring").inputs["rules"]
    assert rule["expiration"] == {"days": 365}


@pytest.mark.parametrize("bucket", BUCKETS)
def test_the_record_takes_nothing_but_that_bucket_s_requests(old_stack: Rendering, bucket: str) -> None:
    """From S3's logging service, on behalf of this bucket of this account."""
    found = statements(old_stack.one(aws.s3.BucketPolicy, f"{bucket}-log-policy").inputs["policy"])
    (logging,) = [statement for statement in found.values() if statement["Effect"] == "Allow"]
    assert logging["Principal"] == {"Service": "logging.s3.amazonaws.com"}
    assert (logging["Action"], logging["Resource"]) == (["s3:PutObject"], [f"{ARN.format(f'{bucket}-log')}/*"])
    assert logging["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "123456789012"},
        "ArnLike": {"aws:SourceArn": ARN.format(bucket)},
    }
