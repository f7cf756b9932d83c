"""Specs of CloudFront's functions and their stores."""

from typing import Any

from tests.sandbox.provider.specs.cloudfront import CODE
from tests.sandbox.provider.world import Spec, World


def _function(world: World) -> dict[str, Any]:
    return {
        "code": CODE,
        "comment": "Lets requests pass.",
        "keyValueStoreAssociations": [world.make("aws.cloudfront.KeyValueStore").outputs["arn"]],
        "runtime": "cloudfront-js-2.0",
        "tags": {"Name": "gate"},
    }


SPECS = (
    Spec(
        type="aws.cloudfront.Function",
        inputs=_function,
        change={"code": f"{CODE} // ü", "comment": None, "keyValueStoreAssociations": [], "tags": {"Name": "open"}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudfront.KeyValueStore",
        inputs=lambda _: {"comment": "What moves", "tags": {"Name": "routing"}},
        change={"comment": "What moves at the edge", "tags": {}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudfront.KeyvaluestoreKey",
        inputs=lambda world: {
            "keyValueStoreArn": world.make("aws.cloudfront.KeyValueStore").outputs["arn"],
            "key": "traffic",
            "value": '{"live": "r1"}',
        },
        change={"value": '{"live": "r2"}'},
        replace={"key": "maintenance"},
    ),
)
