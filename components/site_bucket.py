"""One copy of the static site's files, with the record of who read them."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import Statement, allow, for_account
from components.private_bucket import PrivateBucket, PrivateBucketArgs
from components.tags import backed_up

CDN, LOGGING = "cloudfront.amazonaws.com", "logging.s3.amazonaws.com"


@dataclass(frozen=True, kw_only=True)
class SiteBucketArgs:
    """Who reads it, how it is encrypted, and how long it is known who did."""

    account_id: str
    """Only distributions of this account read."""
    key_arn: pulumi.Input[str]
    """A key of the bucket's region that the CDN may decrypt with."""
    log_retention_days: int
    """How long the record of requests is kept."""
    region: str | None = None
    """None for the stack's own."""


class SiteBucket(pulumi.ComponentResource):
    """A private bucket that distributions of this account may read and list, and a second one that takes its access log.

    The CDN may list it, so that a missing file is a 404 and no 403. The log is encrypted by S3's own key: S3 logs into no bucket with a
    customer key. Nothing expires but old versions, since a release is removed by no clock. Stateful: both are protected.
    """

    arn: pulumi.Output[str]
    """The bucket, as policies name it."""
    domain_name: pulumi.Output[str]
    """Where the CDN finds it."""
    name: pulumi.Output[str]
    """The bucket, once its policy is in force."""
    versioned: pulumi.Output[str]
    """The bucket, once it keeps versions: replication takes no other."""

    def __init__(self, name: str, args: SiteBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:storage:SiteBucket", name, None, opts)
        bucket = self._bucket(name, args)
        log = self._log_bucket(f"{name}-log", args, bucket)
        self._logging(name, args, bucket, log)
        self.arn, self.domain_name, self.name, self.versioned = bucket.arn, bucket.domain_name, bucket.name, bucket.versioned
        self.register_outputs({})

    def _bucket(self, name: str, args: SiteBucketArgs) -> PrivateBucket:
        bucket_args = PrivateBucketArgs(
            allowed=lambda arn: [*_reading(args, arn)], key_arn=args.key_arn, region=args.region, tags=backed_up(args.region)
        )
        return PrivateBucket(name, bucket_args, opts=pulumi.ResourceOptions(parent=self))

    def _log_bucket(self, name: str, args: SiteBucketArgs, logged: PrivateBucket) -> PrivateBucket:
        bucket_args = PrivateBucketArgs(
            allowed=lambda arn: [_logging(args, arn, logged.arn)], expire_days=args.log_retention_days, region=args.region
        )
        return PrivateBucket(name, bucket_args, opts=pulumi.ResourceOptions(parent=self))

    def _logging(self, name: str, args: SiteBucketArgs, bucket: PrivateBucket, log: PrivateBucket) -> aws.s3.BucketLogging:
        return aws.s3.BucketLogging(
            f"{name}-logging",
            bucket=bucket.name,
            target_bucket=log.name,
            target_prefix="requests/",
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )


def _reading(args: SiteBucketArgs, bucket_arn: pulumi.Output[str]) -> tuple[Statement, Statement]:
    """Any distribution of the account: the one that reads is made after the bucket, and what it shows is public anyway."""
    own = {"ArnLike": {"aws:SourceArn": f"arn:aws:cloudfront::{args.account_id}:distribution/*"}}
    objects = pulumi.Output.concat(bucket_arn, "/*")
    return (
        allow(["s3:GetObject"], [objects], Sid="Read", Principal={"Service": CDN}, Condition=own),
        allow(["s3:ListBucket"], [bucket_arn], Sid="List", Principal={"Service": CDN}, Condition=own),
    )


def _logging(args: SiteBucketArgs, bucket_arn: pulumi.Output[str], logged_arn: pulumi.Output[str]) -> Statement:
    own = {**for_account(args.account_id), "ArnLike": {"aws:SourceArn": logged_arn}}
    return allow(["s3:PutObject"], [pulumi.Output.concat(bucket_arn, "/*")], Principal={"Service": LOGGING}, Condition=own)
