"""Specs of S3."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

POLICY = (
    '{{"Version": "2012-10-17", "Statement": [{{"Effect": "{0}", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::x/*"}}]}}'
)


def _encryption(world: World) -> dict[str, Any]:
    rule = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}, "bucketKeyEnabled": True}
    return {"bucket": world.id("aws.s3.Bucket"), "rules": [rule]}


def _lifecycle(world: World) -> dict[str, Any]:
    rule = {
        "id": "expire",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "expiration": {"days": 90},
        "noncurrentVersionExpiration": {"noncurrentDays": 30},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
    }
    return {"bucket": world.id("aws.s3.Bucket"), "rules": [rule]}


ARCHIVED = {"id": "archive", "status": "Enabled", "filter": {"prefix": "a/"}, "transitions": [{"days": 30, "storageClass": "GLACIER"}]}

SPECS = (
    Spec(
        type="aws.s3.Bucket",
        inputs=lambda _: {"forceDestroy": True, "tags": {"Name": "logs"}},
        change={"tags": {"Purpose": "logs"}},
        replace={"bucket": "another-bucket"},
        not_imported=("forceDestroy",),
    ),
    Spec(
        type="aws.s3.BucketPolicy",
        inputs=lambda world: {"bucket": world.id("aws.s3.Bucket"), "policy": POLICY.format("Deny")},
        change={"policy": POLICY.format("Allow")},
        replace={"bucket": "another-bucket"},
    ),
    Spec(
        type="aws.s3.BucketVersioning",
        inputs=lambda world: {"bucket": world.id("aws.s3.Bucket"), "versioningConfiguration": {"status": "Enabled"}},
        change={"versioningConfiguration": {"status": "Suspended"}},
        remains="versioning can be suspended, but a bucket never goes back to having none",
        replace={"bucket": "another-bucket"},
    ),
    Spec(
        type="aws.s3.BucketPublicAccessBlock",
        inputs=lambda world: {"bucket": world.id("aws.s3.Bucket"), "blockPublicAcls": True, "blockPublicPolicy": True},
        change={"ignorePublicAcls": True, "restrictPublicBuckets": True},
        replace={"bucket": "another-bucket"},
    ),
    Spec(
        type="aws.s3.BucketServerSideEncryptionConfiguration",
        inputs=_encryption,
        change={"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/data"}}]},
        replace={"bucket": "another-bucket"},
    ),
    Spec(
        type="aws.s3.BucketLifecycleConfiguration",
        inputs=_lifecycle,
        change={"rules": [ARCHIVED]},
        replace={"bucket": "another-bucket"},
    ),
    Spec(
        type="aws.s3.BucketOwnershipControls",
        inputs=lambda world: {"bucket": world.id("aws.s3.Bucket"), "rule": {"objectOwnership": "BucketOwnerEnforced"}},
        change={"rule": {"objectOwnership": "BucketOwnerPreferred"}},
        replace={"bucket": "another-bucket"},
    ),
)
