"""Specs of CloudWatch."""

import json
from typing import Any

from tests.sandbox.provider.world import Spec, World


def _log_group(world: World) -> dict[str, Any]:
    return {
        "name": f"/switchyard/{world.name()}",
        "kmsKeyId": world.make("aws.kms.Key").outputs["arn"],
        "retentionInDays": 30,
        "tags": {"service": "api"},
    }


def _alarm(world: World) -> dict[str, Any]:
    topic = world.id("aws.sns.Topic")
    return {
        "alarmDescription": "Targets fail.",
        "namespace": "AWS/ApplicationELB",
        "metricName": "TargetResponseTime",
        "dimensions": {"LoadBalancer": "app/main/1", "TargetGroup": "targetgroup/blue/1"},
        "extendedStatistic": "p99",
        "period": 60,
        "evaluationPeriods": 5,
        "datapointsToAlarm": 3,
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": 0.8,
        "treatMissingData": "notBreaching",
        "alarmActions": [topic],
        "okActions": [topic],
        "tags": {"service": "api"},
    }


def _composite(_world: World) -> dict[str, Any]:
    return {
        "alarmName": "blue-hurts-users",
        "alarmRule": 'ALARM("blue-unhealthy") AND ALARM("blue-traffic")',
        "alarmActions": ["arn:aws:sns:eu-west-1:123456789012:page"],
    }


def _dashboard(world: World) -> dict[str, Any]:
    return {"dashboardName": world.name(), "dashboardBody": '{"widgets": [{"type": "text", "properties": {"markdown": "a"}}]}'}


def _log_policy(world: World) -> dict[str, Any]:
    return {"policyName": world.name(), "policyDocument": _writes("delivery.logs.amazonaws.com")}


def _writes(service: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "logs:PutLogEvents", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


REQUESTS = {
    "metricName": "RequestCount",
    "namespace": "AWS/ApplicationELB",
    "period": 300,
    "stat": "Sum",
    "dimensions": {"LoadBalancer": "l"},
}

RATIO = [
    {"id": "errors", "metric": {**REQUESTS, "metricName": "HTTPCode_ELB_5XX_Count"}},
    {"id": "requests", "metric": REQUESTS},
    {"id": "ratio", "expression": "errors / requests", "label": "Failed", "returnData": True},
]

SPECS = (
    Spec(
        type="aws.cloudwatch.LogGroup",
        inputs=_log_group,
        change={"retentionInDays": 0, "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/b", "tags": {"service": "web"}},
        replace={"name": "/switchyard/another"},
    ),
    Spec(
        type="aws.cloudwatch.LogResourcePolicy",
        inputs=_log_policy,
        change={"policyDocument": _writes("es.amazonaws.com")},
        replace={"policyName": "another"},
    ),
    Spec(
        type="aws.cloudwatch.MetricAlarm",
        inputs=_alarm,
        change={
            **dict.fromkeys(("namespace", "metricName", "dimensions", "extendedStatistic", "period")),
            "metricQueries": RATIO,
            "threshold": 0.01,
            "okActions": [],
            "tags": {},
        },
        replace={"name": "another"},
    ),
    Spec(
        type="aws.cloudwatch.CompositeAlarm",
        inputs=_composite,
        change={"alarmRule": 'ALARM("blue-unhealthy")'},
        replace={"alarmName": "another"},
    ),
    Spec(
        type="aws.cloudwatch.Dashboard",
        inputs=_dashboard,
        change={"dashboardBody": '{"widgets": []}'},
        replace={"dashboardName": "another"},
    ),
)
