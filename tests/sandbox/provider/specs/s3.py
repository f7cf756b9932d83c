"""Specs of S3."""

from tests.sandbox.provider.world import Spec

POLICY = '{{"Version": "2012-10-17", "Statement": [{{"Effect": "{0}", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::x/*"}}]}}'

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
        replace={"bucket": "another-bucket"},
    ),
    Spec(
        type="aws.s3.BucketPublicAccessBlock",
        inputs=lambda world: {"bucket": world.id("aws.s3.Bucket"), "blockPublicAcls": True, "blockPublicPolicy": True},
        change={"ignorePublicAcls": True, "restrictPublicBuckets": True},
        replace={"bucket": "another-bucket"},
    ),
)
