"""Specs of EventBridge."""

import json
from typing import Any

from tests.sandbox.provider.specs.iam import TRUST
from tests.sandbox.provider.specs.sfn import machine
from tests.sandbox.provider.world import Spec, World

PATTERN = json.dumps({"source": ["aws.rds"], "detail": {"EventID": ["RDS-EVENT-0049", {"prefix": "RDS-EVENT-01"}]}})


def rule(world: World, **inputs: Any) -> str:
    """Return a new rule that listens to RDS."""
    return world.id("aws.cloudwatch.EventRule", **{"eventPattern": PATTERN, **inputs})


def _rule(_world: World) -> dict[str, Any]:
    return {"description": "A database fails over.", "eventPattern": PATTERN, "tags": {"kind": "page"}}


def machine_target(world: World) -> dict[str, Any]:
    """Return the inputs of a target that runs a state machine."""
    return {
        "rule": rule(world, scheduleExpression="rate(1 day)", eventPattern=None),
        "arn": world.id("aws.sfn.StateMachine", **machine(world)),
        "roleArn": world.make("aws.iam.Role", assumeRolePolicy=TRUST.format("events")).outputs["arn"],
        "input": '{"drill": true}',
        "retryPolicy": {"maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 2},
        "deadLetterConfig": {"arn": "arn:aws:sqs:eu-west-1:123456789012:lost"},
    }


SPECS = (
    Spec(
        type="aws.cloudwatch.EventRule",
        inputs=_rule,
        change={"description": None, "state": "DISABLED", "eventPattern": '{"source": ["aws.backup"]}', "tags": {}},
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudwatch.EventTarget",
        inputs=machine_target,
        change={"input": None, "inputPath": "$.detail", "retryPolicy": {"maximumEventAgeInSeconds": 60, "maximumRetryAttempts": 2}},
        replace={"rule": "another", "targetId": "another"},
    ),
)
