"""Who asked the CDN for what: its access log."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.documents import Statement, allow
from components.naming import EDGE_REGION, fixed_name
from components.private_bucket import PrivateBucket, PrivateBucketArgs

NAME_LENGTH = 60
DELIVERY = "delivery.logs.amazonaws.com"
FIELDS = (
    *("date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(User-Agent)"),
    *("x-edge-result-type", "x-edge-request-id", "x-host-header", "cs-protocol", "cs-bytes", "time-taken", "ssl-protocol", "ssl-cipher"),
    *("x-edge-response-result-type", "cs-protocol-version", "c-port", "time-to-first-byte", "x-edge-detailed-result-type"),
    *("sc-content-type", "sc-content-len", "timestamp(ms)", "origin-fbl", "origin-lbl", "asn", "c-country", "cache-behavior-path-pattern"),
)
"""Neither cookies nor queries, which may hold secrets, nor where a viewer comes from."""


@dataclass(frozen=True, kw_only=True)
class EdgeLogsArgs:
    """Whose log, where, and how long it is kept."""

    account_id: str
    """Only log deliveries of this account write."""
    distribution_arn: pulumi.Input[str]
    """Whose requests are logged."""
    key_arn: pulumi.Input[str]
    """A key of the stack's region that log deliveries may use."""
    retention_days: int
    """When a log expires."""


class EdgeLogs(pulumi.ComponentResource):
    """The distribution's access log, version 2, as JSON in a private bucket.

    Source, destination and delivery stand in us-east-1, the bucket in the stack's region. Stateful: the bucket is protected. Costs by
    what is stored; the delivery to S3 is free.
    """

    def __init__(self, name: str, args: EdgeLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:edge:EdgeLogs", name, None, opts)
        bucket = self._bucket(name, args)
        source, destination = self._source(name, args), self._destination(name, bucket)
        self._delivery(name, source, destination)
        self.register_outputs({})

    def _bucket(self, name: str, args: EdgeLogsArgs) -> PrivateBucket:
        bucket_args = PrivateBucketArgs(allowed=lambda arn: [_statement(args, arn)], key_arn=args.key_arn, expire_days=args.retention_days)
        return PrivateBucket(name, bucket_args, opts=pulumi.ResourceOptions(parent=self))

    def _source(self, name: str, args: EdgeLogsArgs) -> aws.cloudwatch.LogDeliverySource:
        return aws.cloudwatch.LogDeliverySource(
            f"{name}-source",
            name=fixed_name(name, NAME_LENGTH),
            region=EDGE_REGION,
            log_type="ACCESS_LOGS",
            resource_arn=args.distribution_arn,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _destination(self, name: str, bucket: PrivateBucket) -> aws.cloudwatch.LogDeliveryDestination:
        return aws.cloudwatch.LogDeliveryDestination(
            f"{name}-destination",
            name=fixed_name(name, NAME_LENGTH),
            region=EDGE_REGION,
            output_format="json",
            delivery_destination_configuration=aws.cloudwatch.LogDeliveryDestinationDeliveryDestinationConfigurationArgs(
                destination_resource_arn=pulumi.Output.concat("arn:aws:s3:::", bucket.name)
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _delivery(
        self, name: str, source: aws.cloudwatch.LogDeliverySource, destination: aws.cloudwatch.LogDeliveryDestination
    ) -> aws.cloudwatch.LogDelivery:
        return aws.cloudwatch.LogDelivery(
            f"{name}-delivery",
            region=EDGE_REGION,
            delivery_source_name=source.name,
            delivery_destination_arn=destination.arn,
            record_fields=[*FIELDS],
            opts=pulumi.ResourceOptions(parent=self),
        )


def _statement(args: EdgeLogsArgs, bucket_arn: pulumi.Output[str]) -> Statement:
    own = {
        "StringEquals": {"aws:SourceAccount": args.account_id, "s3:x-amz-acl": "bucket-owner-full-control"},
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{EDGE_REGION}:{args.account_id}:delivery-source:*"},
    }
    objects = pulumi.Output.concat(bucket_arn, f"/AWSLogs/{args.account_id}/*")
    return allow(["s3:PutObject"], [objects], Principal={"Service": DELIVERY}, Condition=own)
