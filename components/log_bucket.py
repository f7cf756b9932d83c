"""Where the load balancer writes its access and connection logs."""

from dataclasses import dataclass

import pulumi

from components.documents import Statement, allow
from components.private_bucket import PrivateBucket, PrivateBucketArgs

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
    """A private bucket that load balancers of this account write.

    Encrypted by S3's own key, since load balancers deliver to no bucket with a customer key. Stateful: protected.
    """

    name: pulumi.Output[str]
    """The bucket, once its policy lets the load balancer write: AWS tries it when logging is turned on."""

    def __init__(self, name: str, args: LogBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:storage:LogBucket", name, None, opts)
        self.name = self._bucket(name, args).name
        self.register_outputs({})

    def _bucket(self, name: str, args: LogBucketArgs) -> PrivateBucket:
        return PrivateBucket(
            name,
            PrivateBucketArgs(allowed=lambda arn: [_delivery(args, arn)], expire_days=args.retention_days),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _delivery(args: LogBucketArgs, bucket_arn: pulumi.Output[str]) -> Statement:
    balancers = f"arn:aws:elasticloadbalancing:{args.region}:{args.account_id}:loadbalancer/*"
    return allow(
        ["s3:PutObject"],
        [pulumi.Output.concat(bucket_arn, f"/*/AWSLogs/{args.account_id}/*")],
        Principal={"Service": DELIVERY},
        Condition={"ArnLike": {"aws:SourceArn": balancers}},
    )
