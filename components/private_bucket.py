"""A bucket that is nobody's but the stack's, whatever it is for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.documents import Statement, policy, tls_only

OLD_VERSION_DAYS = 30
ABANDONED_UPLOAD_DAYS = 7
COLD = "DEEP_ARCHIVE"
"""A tenth of the price of a bucket that answers at once; it takes up to two days to be read."""


@dataclass(frozen=True, kw_only=True)
class PrivateBucketArgs:
    """Who else may use it, how it is encrypted, and how long things stay."""

    allowed: Callable[[pulumi.Output[str]], Sequence[Statement]]
    """Statements of its policy beside the one that demands TLS, made from its ARN."""
    key_arn: pulumi.Input[str] | None = None
    """A key of the stack; None for S3's own, where a service delivers that takes no other."""
    expire_days: int | None = None
    """When what is in it goes; None for never. Versions that were replaced or deleted go after 30 days in any case."""
    cold_after_days: int | None = None
    """When what is in it moves to S3 Glacier Deep Archive; None for never."""
    region: str | None = None
    """None for the stack's own."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Tags of its own."""


class PrivateBucket(pulumi.ComponentResource):
    """A bucket that cannot be made public, keeps old versions for a month and answers over TLS only. Stateful: protected."""

    arn: pulumi.Output[str]
    """The bucket, as policies name it."""
    domain_name: pulumi.Output[str]
    """Where the bucket answers in its region."""
    name: pulumi.Output[str]
    """The bucket, once its policy is in force: services try to deliver when they are told of it."""
    versioned: pulumi.Output[str]
    """The bucket, once it keeps versions: replication takes no other."""

    def __init__(self, name: str, args: PrivateBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:storage:PrivateBucket", name, None, opts)
        bucket = self._bucket(name, args)
        private = self._private(name, args, bucket)
        self._owned(name, args, bucket)
        self._encrypted(name, args, bucket)
        versioned = self._versioned(name, args, bucket)
        self._expiring(name, args, bucket, versioned)
        written = self._policy(name, args, bucket, private)
        self.arn, self.domain_name = bucket.arn, bucket.bucket_regional_domain_name
        self.name, self.versioned = written.bucket, versioned.bucket
        self.register_outputs({})

    def _bucket(self, name: str, args: PrivateBucketArgs) -> aws.s3.Bucket:
        return aws.s3.Bucket(name, tags=dict(args.tags) or None, region=args.region, opts=pulumi.ResourceOptions(parent=self, protect=True))

    def _private(self, name: str, args: PrivateBucketArgs, bucket: aws.s3.Bucket) -> aws.s3.BucketPublicAccessBlock:
        return aws.s3.BucketPublicAccessBlock(
            f"{name}-private",
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _owned(self, name: str, args: PrivateBucketArgs, bucket: aws.s3.Bucket) -> aws.s3.BucketOwnershipControls:
        return aws.s3.BucketOwnershipControls(
            f"{name}-owned",
            bucket=bucket.bucket,
            rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _encrypted(self, name: str, args: PrivateBucketArgs, bucket: aws.s3.Bucket) -> aws.s3.BucketServerSideEncryptionConfiguration:
        return aws.s3.BucketServerSideEncryptionConfiguration(
            f"{name}-encrypted",
            bucket=bucket.bucket,
            rules=[_encryption(args.key_arn)],
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _versioned(self, name: str, args: PrivateBucketArgs, bucket: aws.s3.Bucket) -> aws.s3.BucketVersioning:
        return aws.s3.BucketVersioning(
            f"{name}-versioned",
            bucket=bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _expiring(
        self, name: str, args: PrivateBucketArgs, bucket: aws.s3.Bucket, versioned: aws.s3.BucketVersioning
    ) -> aws.s3.BucketLifecycleConfiguration:
        return aws.s3.BucketLifecycleConfiguration(
            f"{name}-expiring",
            bucket=bucket.bucket,
            rules=[_expiry(args)],
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[versioned]),
        )

    def _policy(
        self, name: str, args: PrivateBucketArgs, bucket: aws.s3.Bucket, private: aws.s3.BucketPublicAccessBlock
    ) -> aws.s3.BucketPolicy:
        return aws.s3.BucketPolicy(
            f"{name}-policy",
            bucket=bucket.bucket,
            policy=policy(*args.allowed(bucket.arn), tls_only("s3:*", [bucket.arn, pulumi.Output.concat(bucket.arn, "/*")])),
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[private]),
        )


def _encryption(key_arn: pulumi.Input[str] | None) -> aws.s3.BucketServerSideEncryptionConfigurationRuleArgs:
    by_default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
        sse_algorithm="aws:kms" if key_arn else "AES256", kms_master_key_id=key_arn
    )
    return aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
        apply_server_side_encryption_by_default=by_default, bucket_key_enabled=True if key_arn else None
    )


def _expiry(args: PrivateBucketArgs) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    days, cold = args.expire_days, args.cold_after_days
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days) if days else None,
        transitions=[aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=cold, storage_class=COLD)] if cold else None,
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=OLD_VERSION_DAYS
        ),
        abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=ABANDONED_UPLOAD_DAYS
        ),
    )
