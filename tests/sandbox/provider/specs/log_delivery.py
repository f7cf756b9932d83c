"""Specs of the delivery of logs."""

from typing import Any

from tests.sandbox.provider.world import Spec, World

DISTRIBUTION = "arn:aws:cloudfront::123456789012:distribution/E0123456789ABC"

REGION = "us-east-1"


def _source(world: World) -> dict[str, Any]:
    return {"name": world.name(), "logType": "ACCESS_LOGS", "resourceArn": DISTRIBUTION, "region": REGION}


def _target(bucket: str) -> dict[str, Any]:
    return {"deliveryDestinationConfiguration": {"destinationResourceArn": f"arn:aws:s3:::{bucket}/edge"}}


def _destination(world: World) -> dict[str, Any]:
    return {"name": world.name(), "outputFormat": "parquet", "region": REGION, **_target("logs")}


def _delivery(world: World) -> dict[str, Any]:
    return {
        "deliverySourceName": world.id("aws.cloudwatch.LogDeliverySource", **_source(world)),
        "deliveryDestinationArn": world.make("aws.cloudwatch.LogDeliveryDestination", **_destination(world)).outputs["arn"],
        "recordFields": ["date", "time", "sc-status"],
        "region": REGION,
        "s3DeliveryConfigurations": [{"suffixPath": "/{yyyy}/{MM}", "enableHiveCompatiblePath": True}],
        "tags": {"Name": "edge"},
    }


SPECS = (
    Spec(
        type="aws.cloudwatch.LogDeliverySource",
        inputs=lambda world: {**_source(world), "tags": {"Name": "edge"}},
        change={"tags": {"Name": "main"}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudwatch.LogDeliveryDestination",
        inputs=lambda world: {**_destination(world), "tags": {"Name": "edge"}},
        change={**_target("archive"), "tags": {}},
        replace={"outputFormat": "json"},
    ),
    Spec(
        type="aws.cloudwatch.LogDelivery",
        inputs=_delivery,
        change={"recordFields": ["date"], "s3DeliveryConfigurations": [{"suffixPath": "/{yyyy}"}], "tags": {}},
        replace={"deliverySourceName": "another"},
    ),
)
