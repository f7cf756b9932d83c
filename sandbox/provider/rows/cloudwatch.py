"""CloudWatch: log groups and alarms."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

RETENTIONS = (0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""Days that CloudWatch Logs knows; 0 keeps events for ever."""

RETENTION = (
    Call("put_retention_policy", "{logGroupName: id}", when="retentionInDays > `0`"),
    Call("delete_retention_policy", "{logGroupName: id}", on=("retentionInDays",), when="!(retentionInDays > `0`)"),
)

LOG_GROUP_NAMING = Naming(512, pattern=r"[A-Za-z0-9_/.#-]+", says="letters, digits and _ / . # -")

HOUR, DAY, WEEK = 3600, 86_400, 604_800
"""Seconds."""

QUERY = {
    "metricName": "MetricStat.Metric.MetricName",
    "namespace": "MetricStat.Metric.Namespace",
    "dimensions": "MetricStat.Metric.Dimensions",
    "period": "MetricStat.Period",
    "stat": "MetricStat.Stat",
    "unit": "MetricStat.Unit",
}
"""Where AWS keeps what the program says of a metric in a query."""

ACTIONS = dict.fromkeys(("alarmActions", "okActions", "insufficientDataActions"), Limit(high=5))

ALARM_LIMITS = {
    **ACTIONS,
    "alarmDescription": Limit(high=1024),
    "treatMissingData": Limit(choices=("missing", "ignore", "breaching", "notBreaching")),
    "evaluateLowSampleCountPercentiles": Limit(choices=("evaluate", "ignore")),
}


def _find_log_group(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return the log group of exactly this name: AWS finds by the beginning of one."""
    for page in client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=facts["id"]):
        for group in page["logGroups"]:
            if group["logGroupName"] == facts["id"]:
                return {"retentionInDays": 0, "kmsKeyId": None, **group, "arn": group["arn"].removesuffix(":*")}
    return None


def _find_log_policy(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return the policy of this name: AWS lists them all, at most ten in a region."""
    policies = client.describe_resource_policies()["resourcePolicies"]
    return next((policy for policy in policies if policy["policyName"] == facts["id"]), None)


def _alarm_failures(inputs: Facts) -> Iterator[Failure]:
    if inputs.get("metricName") and inputs.get("metricQueries"):
        yield "metricName", "give it or metricQueries, not both"
    if inputs.get("statistic") and inputs.get("extendedStatistic"):
        yield "statistic", "give it or extendedStatistic, not both"
    period, periods = inputs.get("period"), inputs.get("evaluationPeriods", 1)
    if inputs.get("datapointsToAlarm", 0) > periods:
        yield "datapointsToAlarm", f"{inputs['datapointsToAlarm']} is more than evaluationPeriods, {periods}"
    if period is None:
        return
    if period not in (10, 20, 30) and (period < 1 or period % 60):
        yield "period", f"{period} s: it is 10, 20, 30 or a multiple of 60 s"
    longest = WEEK if period >= HOUR else DAY
    if period * periods > longest:
        yield "evaluationPeriods", f"{periods} periods of {period} s are more than the {longest} s that AWS looks back"


def _dashboard_failures(inputs: Facts) -> Iterator[Failure]:
    """PutDashboard refuses what is not JSON with a list of widgets; of the rest it only warns."""
    if "dashboardBody" not in inputs:
        return
    try:
        body = json.loads(inputs["dashboardBody"])
    except ValueError:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("widgets"), list):
        yield "dashboardBody", "must be JSON with a list of widgets"


ROWS = (
    Row(
        type="aws.cloudwatch.LogGroup",
        service="logs",
        create=Call("create_log_group"),
        id="{name}",
        read=Call(_find_log_group),
        update=RETENTION,
        delete=Call("delete_log_group", "{logGroupName: id}", when="!skipDestroy"),
        computed={"arn": "arn:aws:logs:{region}:{account}:log-group:{name}"},
        replaces=("logGroupClass",),
        lost=("kmsKeyId", "logGroupClass"),
        naming=LOG_GROUP_NAMING,
        limits={"retentionInDays": Limit(choices=RETENTIONS)},
    ),
    Row(
        type="aws.cloudwatch.LogResourcePolicy",
        service="logs",
        create=Call("put_resource_policy", take="resourcePolicy"),
        id="{policyName}",
        read=Call(_find_log_policy),
        update=Call("put_resource_policy"),
        delete=Call("delete_resource_policy", "{policyName: id}"),
        replaces=("policyName", "resourceArn"),
        limits={"policyName": Limit(1, 256)},
    ),
    Row(
        type="aws.cloudwatch.MetricAlarm",
        noun="Alarm",
        create=Call("put_metric_alarm"),
        id="{name}",
        read=Call("describe_alarms", "{AlarmNames: [id], AlarmTypes: ['MetricAlarm']}", "MetricAlarms[0]"),
        update=Call("put_metric_alarm"),
        delete=Call("delete_alarms", "{AlarmNames: [id]}"),
        names={"metricQueries": "Metrics", "metric": QUERY, "evaluateLowSampleCountPercentiles": "EvaluateLowSampleCountPercentile"},
        computed={"arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}"},
        defaults={"actionsEnabled": True, "treatMissingData": "missing"},
        limits=ALARM_LIMITS,
        check=_alarm_failures,
    ),
    Row(
        type="aws.cloudwatch.CompositeAlarm",
        recorded="the emulator has no PutCompositeAlarm",
        id="{alarmName}",
        computed={"arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{alarmName}"},
        defaults={"actionsEnabled": True},
        replaces=("alarmName",),
        limits={**ACTIONS, "alarmName": Limit(1, 255), "alarmRule": Limit(1, 10_240)},
    ),
    Row(
        type="aws.cloudwatch.Dashboard",
        create=Call("put_dashboard"),
        id="{dashboardName}",
        read=Call("get_dashboard", "{DashboardName: id}"),
        update=Call("put_dashboard"),
        delete=Call("delete_dashboards", "{DashboardNames: [id]}"),
        computed={"dashboardArn": "arn:aws:cloudwatch::{account}:dashboard/{dashboardName}"},
        replaces=("dashboardName",),
        limits={"dashboardName": Limit(1, 255)},
        check=_dashboard_failures,
    ),
)
