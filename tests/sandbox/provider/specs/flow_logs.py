"""Specs of VPC flow logs."""

from typing import Any

from tests.sandbox.provider.specs.iam import role
from tests.sandbox.provider.world import Spec, World


def flow_log(world: World) -> dict[str, Any]:
    """Return the inputs of a flow log of a VPC to a log group."""
    return {
        "vpcId": world.vpc(),
        "trafficType": "ALL",
        "logDestinationType": "cloud-watch-logs",
        "logDestination": f"arn:aws:logs:eu-west-1:123456789012:log-group:/{world.name()}",
        "iamRoleArn": f"arn:aws:iam::123456789012:role/{role(world)}",
        "maxAggregationInterval": 60,
    }


SPECS = (
    Spec(
        type="aws.ec2.FlowLog",
        inputs=flow_log,
        change={"tags": {"Name": "all"}},
        replace={"trafficType": "REJECT", "maxAggregationInterval": 600},
    ),
)
