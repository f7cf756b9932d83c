"""Specs of Step Functions."""

import json
from typing import Any

from tests.sandbox.provider.specs.iam import TRUST
from tests.sandbox.provider.world import Spec, World


def definition(seconds: int) -> str:
    """Return a state machine that waits."""
    return json.dumps({"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": seconds, "End": True}}})


def machine(world: World) -> dict[str, Any]:
    """Return the inputs of a state machine that logs its failures."""
    group = world.make("aws.cloudwatch.LogGroup", name=f"/aws/vendedlogs/states/{world.name()}").outputs["arn"]
    return {
        "definition": definition(60),
        "roleArn": world.make("aws.iam.Role", assumeRolePolicy=TRUST.format("states")).outputs["arn"],
        "loggingConfiguration": {"level": "ERROR", "includeExecutionData": True, "logDestination": f"{group}:*"},
        "tracingConfiguration": {"enabled": True},
        "tags": {"purpose": "recovery"},
    }


SPECS = (
    Spec(
        type="aws.sfn.StateMachine",
        inputs=machine,
        change={"definition": definition(30), "tracingConfiguration": {"enabled": False}, "tags": {}},
        replace={"name": "another", "type": "EXPRESS"},
    ),
)
