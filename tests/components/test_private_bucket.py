from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from components.documents import allow, tls_only
from components.private_bucket import PrivateBucket, PrivateBucketArgs
from tests.graph import statements, waits_for
from tests.rendering import Rendering, run

KEY = "arn:aws:kms:eu-central-1:123456789012:key/k"


def made(**args: Any) -> Rendering:
    """A bucket that one service may read."""

    def program() -> None:
        def reader(arn: pulumi.Output[str]) -> list[Any]:
            return [allow(["s3:GetObject"], [arn], Principal={"Service": "reader.amazonaws.com"})]

        PrivateBucket("files", PrivateBucketArgs(allowed=reader, **args))

    return run(program, {"aws:region": "eu-west-1"}, preview=False)


def test_everything_of_a_bucket_stands_in_its_region() -> None:
    """The settings of a bucket are asked of the region that it is in."""
    elsewhere, here = made(region="eu-central-1"), made()
    kinds = {found.type for found in elsewhere.registrations if found.type.startswith("aws:s3/")}
    assert len(kinds) == 7
    assert {found.inputs.get("region") for kind in kinds for found in elsewhere.of(kind)} == {"eu-central-1"}
    assert {found.inputs.get("region") for kind in kinds for found in here.of(kind)} == {None}


def test_it_is_protected_closed_and_versioned() -> None:
    """Whatever it is for."""
    bucket = made()
    assert bucket.one(aws.s3.Bucket, "files").protect
    closed = bucket.one(aws.s3.BucketPublicAccessBlock, "files-private").inputs
    assert {closed[key] for key in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")} == {True}
    assert bucket.one(aws.s3.BucketVersioning, "files-versioned").inputs["versioningConfiguration"] == {"status": "Enabled"}
    assert bucket.one(aws.s3.BucketOwnershipControls, "files-owned").inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}


@pytest.mark.parametrize(
    ("key", "by", "cheap"),
    [(None, {"sseAlgorithm": "AES256"}, None), (KEY, {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}, True)],
    ids=["s3's own", "the stack's"],
)
def test_it_is_encrypted_by_the_key_that_is_given(key: str | None, by: dict[str, str], cheap: bool | None) -> None:  # noqa: FBT001 -- an expectation
    """With a bucket key, which saves most of KMS's calls; by S3's own key where a service delivers that takes no other."""
    (rule,) = made(key_arn=key).one(aws.s3.BucketServerSideEncryptionConfiguration, "files-encrypted").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == by
    assert rule.get("bucketKeyEnabled") is cheap


def test_what_is_kept_for_ever_loses_old_versions_all_the_same() -> None:
    """And uploads that were given up."""
    kept, lost = made(), made(expire_days=365)
    lifecycle = kept.one(aws.s3.BucketLifecycleConfiguration, "files-expiring")
    (rule,) = lifecycle.inputs["rules"]
    assert "expiration" not in rule
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 30}
    assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}
    assert waits_for(kept, lifecycle, aws.s3.BucketVersioning) == {"files-versioned"}
    (rule,) = lost.one(aws.s3.BucketLifecycleConfiguration, "files-expiring").inputs["rules"]
    assert rule["expiration"] == {"days": 365}


def test_nobody_comes_without_tls() -> None:
    """Beside whom the bucket is for."""
    policy = made().one(aws.s3.BucketPolicy, "files-policy")
    found = statements(policy.inputs["policy"])
    arn = "arn:aws:s3:eu-west-1:123456789012:files"
    assert found.pop("1") == tls_only("s3:*", [arn, f"{arn}/*"])
    (reader,) = found.values()
    assert (reader["Action"], reader["Resource"]) == (["s3:GetObject"], [arn])
    assert waits_for(made(), policy, aws.s3.BucketPublicAccessBlock) == {"files-private"}
