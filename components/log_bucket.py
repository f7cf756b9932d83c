"""Where the load balancer writes its access and connection logs."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import allow, policy, tls_only

OLD_VERSION_DAYS = 30
ABANDONED_UPLOAD_DAYS = 7
DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"


@dataclass(frozen=True, kw_only=True)
class LogBucketArgs:
    """Who writes, and how long it is kept."""

    account_id: str
    """The account whose load balancers may write."""
    region: str
    """The region whose load balancers may write; the bucket must be in the same one."""
    retention_days: int
    """When a log expires."""


class LogBucket(pulumi.ComponentResource):
    """A private, versioned bucket that load balancers of this account write and nobody can read without TLS.

    Encrypted by S3's own key, since load balancers deliver to no bucket with a customer key. Stateful: protected.
    """

    name: pulumi.Output[str]
    """The bucket, once its policy lets the load balancer write: AWS tries it when logging is turned on."""

    def __init__(self, name: str, args: LogBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:storage:LogBucket", name, None, opts)
        bucket = aws.s3.Bucket(name, opts=pulumi.ResourceOptions(parent=self, protect=True))
        private = self._private(name, bucket)
        self._owned(name, bucket)
        self._encrypted(name, bucket)
        versioned = self._versioned(name, bucket)
        self._expiring(name, args, bucket, versioned)
        written = self._policy(name, args, bucket, private)
        self.name = written.bucket
        self.register_outputs({})

    def _private(self, name: str, bucket: aws.s3.Bucket) -> aws.s3.BucketPublicAccessBlock:
        return aws.s3.BucketPublicAccessBlock(
            f"{name}-private",
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _owned(self, name: str, bucket: aws.s3.Bucket) -> aws.s3.BucketOwnershipControls:
        return aws.s3.BucketOwnershipControls(
            f"{name}-owned",
            bucket=bucket.bucket,
            rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _encrypted(self, name: str, bucket: aws.s3.Bucket) -> aws.s3.BucketServerSideEncryptionConfiguration:
        by_default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(sse_algorithm="AES256")
        rule = aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(apply_server_side_encryption_by_default=by_default)
        return aws.s3.BucketServerSideEncryptionConfiguration(
            f"{name}-encrypted",
            bucket=bucket.bucket,
            rules=[rule],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _versioned(self, name: str, bucket: aws.s3.Bucket) -> aws.s3.BucketVersioning:
        return aws.s3.BucketVersioning(
            f"{name}-versioned",
            bucket=bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _expiring(
        self, name: str, args: LogBucketArgs, bucket: aws.s3.Bucket, versioned: aws.s3.BucketVersioning
    ) -> aws.s3.BucketLifecycleConfiguration:
        return aws.s3.BucketLifecycleConfiguration(
            f"{name}-expiring",
            bucket=bucket.bucket,
            rules=[_expiry(args.retention_days)],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[versioned]),
        )

    def _policy(
        self, name: str, args: LogBucketArgs, bucket: aws.s3.Bucket, private: aws.s3.BucketPublicAccessBlock
    ) -> aws.s3.BucketPolicy:
        balancers = f"arn:aws:elasticloadbalancing:{args.region}:{args.account_id}:loadbalancer/*"
        delivery = allow(
            ["s3:PutObject"],
            [pulumi.Output.concat(bucket.arn, f"/*/AWSLogs/{args.account_id}/*")],
            Principal={"Service": DELIVERY},
            Condition={"ArnLike": {"aws:SourceArn": balancers}},
        )
        return aws.s3.BucketPolicy(
            f"{name}-policy",
            bucket=bucket.bucket,
            policy=policy(delivery, tls_only("s3:*", [bucket.arn, pulumi.Output.concat(bucket.arn, "/*")])),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[private]),
        )


def _expiry(days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=OLD_VERSION_DAYS
        ),
        abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=ABANDONED_UPLOAD_DAYS
        ),
    )
