"""CloudWatch Logs: the delivery of what other services log."""

from collections.abc import Iterator
from typing import Any

from sandbox.provider.account import EDGE_REGION
from sandbox.provider.limits import Limit
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

NAME = Limit(1, 60, r"[\w-]+", "letters, digits, _ and -")

TYPES = {"s3": "S3", "logs": "CWL", "firehose": "FH"}
"""Types of destinations by the services of their ARNs."""

TARGET = "deliveryDestinationConfiguration.destinationResourceArn"

RECORDED = ("recordFields", "fieldDelimiter", "s3DeliveryConfigurations")


def _source_failures(inputs: Facts) -> Iterator[Failure]:
    """CloudFront's logs are of one type, and delivered from one region."""
    if ":cloudfront:" not in inputs.get("resourceArn", ""):
        return
    if inputs.get("logType", "ACCESS_LOGS") != "ACCESS_LOGS":
        yield "logType", f"{inputs['logType']!r}: CloudFront has ACCESS_LOGS"
    if inputs.get("region", EDGE_REGION) != EDGE_REGION:
        yield "region", f"{inputs['region']!r}: CloudFront's logs are delivered in {EDGE_REGION}"


def _destination_failures(inputs: Facts) -> Iterator[Failure]:
    arn = (inputs.get("deliveryDestinationConfiguration") or {}).get("destinationResourceArn", "")
    kind, format_ = TYPES.get(arn.split(":")[2] if arn else ""), inputs.get("outputFormat")
    if kind and inputs.get("deliveryDestinationType", kind) != kind:
        yield "deliveryDestinationType", f"{inputs['deliveryDestinationType']!r}: {arn} is of the type {kind}"
    if format_ == "parquet" and kind not in (None, "S3"):
        yield "outputFormat", "'parquet' is for S3"


def _only_recorded(_client: Any, _facts: Facts) -> None:
    """Change nothing: the emulator has no UpdateDeliveryConfiguration, and one made anew would have another id."""


ROWS = (
    Row(
        type="aws.cloudwatch.LogDeliverySource",
        service="logs",
        create=Call("put_delivery_source", take="deliverySource"),
        id="{name}",
        read=Call(
            "get_delivery_source",
            "{name: id}",
            "deliverySource.{name: name, arn: arn, service: service, logType: logType, resourceArn: resourceArns[0]}",
        ),
        delete=Call("delete_delivery_source", "{name: id}"),
        replaces=("resourceArn", "logType"),
        limits={"name": NAME},
        check=_source_failures,
    ),
    Row(
        type="aws.cloudwatch.LogDeliveryDestination",
        service="logs",
        create=Call("put_delivery_destination", take="deliveryDestination"),
        id="{name}",
        read=Call("get_delivery_destination", "{name: id}", "deliveryDestination"),
        update=Call("put_delivery_destination", "{name: id, outputFormat: outputFormat}", on=("deliveryDestinationConfiguration",)),
        delete=Call("delete_delivery_destination", "{name: id}"),
        replaces=("outputFormat", "deliveryDestinationType"),
        limits={"name": NAME, TARGET: Limit(pattern=r"arn:[\w-]+:(s3|logs|firehose):.+", says="the ARN of a bucket, log group or stream")},
        check=_destination_failures,
    ),
    Row(
        type="aws.cloudwatch.LogDelivery",
        service="logs",
        create=Call("create_delivery", take="delivery"),
        id="id",
        read=Call("get_delivery", "{id: id}", "delivery"),
        update=Call(_only_recorded, on=RECORDED),
        delete=Call("delete_delivery", "{id: id}"),
        names={"s3DeliveryConfigurations": "s3DeliveryConfiguration"},
        replaces=("deliverySourceName", "deliveryDestinationArn"),
        lost=RECORDED,
    ),
)
