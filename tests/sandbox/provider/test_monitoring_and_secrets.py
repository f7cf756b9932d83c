"""Alarms, topics, log groups, parameters and secrets: what AWS refuses, what it does by itself, and what shows up as drift."""

import json
from typing import Any

import grpc
import pytest

from tests.sandbox.provider.driver import Made, bare
from tests.sandbox.provider.specs.cloudwatch import RATIO
from tests.sandbox.provider.world import World

TOPIC = "arn:aws:sns:eu-west-1:123456789012:page"

ALARM = {
    "namespace": "AWS/ApplicationELB",
    "metricName": "RequestCount",
    "statistic": "Sum",
    "period": 60,
    "evaluationPeriods": 5,
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 1,
}

PARAMETER = {"name": "/switchyard/x", "type": "String", "value": "info"}

SUBSCRIPTION = {"topic": TOPIC, "protocol": "email", "endpoint": "oncall@example.com"}

REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a period of 45 s": ("cloudwatch.MetricAlarm", {**ALARM, "period": 45}, "period"),
    "two days of minutes": ("cloudwatch.MetricAlarm", {**ALARM, "evaluationPeriods": 2880}, "evaluationPeriods"),
    "more data points than periods": ("cloudwatch.MetricAlarm", {**ALARM, "datapointsToAlarm": 6}, "datapointsToAlarm"),
    "two statistics": ("cloudwatch.MetricAlarm", {**ALARM, "extendedStatistic": "p99"}, "statistic"),
    "metric and queries": ("cloudwatch.MetricAlarm", {**ALARM, "metricQueries": RATIO}, "metricName"),
    "unknown treatment": ("cloudwatch.MetricAlarm", {**ALARM, "treatMissingData": "good"}, "treatMissingData"),
    "six actions": ("cloudwatch.MetricAlarm", {**ALARM, "alarmActions": [f"{TOPIC}{place}" for place in range(6)]}, "alarmActions"),
    "no rule": ("cloudwatch.CompositeAlarm", {"alarmName": "hurt", "alarmRule": ""}, "alarmRule"),
    "a dashboard that is no JSON": ("cloudwatch.Dashboard", {"dashboardName": "a", "dashboardBody": "widgets"}, "dashboardBody"),
    "a dashboard without widgets": ("cloudwatch.Dashboard", {"dashboardName": "a", "dashboardBody": "{}"}, "dashboardBody"),
    "retention of 31 days": ("cloudwatch.LogGroup", {"retentionInDays": 31}, "retentionInDays"),
    "log group with a space": ("cloudwatch.LogGroup", {"name": "a b"}, "name"),
    "topic with a slash": ("sns.Topic", {"name": "a/b"}, "name"),
    "unknown protocol": ("sns.TopicSubscription", {**SUBSCRIPTION, "protocol": "pager"}, "protocol"),
    "no address": ("sns.TopicSubscription", {**SUBSCRIPTION, "endpoint": "oncall"}, "endpoint"),
    "AWS's own parameter": ("ssm.Parameter", {**PARAMETER, "name": "/aws/x"}, "name"),
    "sixteen levels": ("ssm.Parameter", {**PARAMETER, "name": "/a" * 16}, "name"),
    "empty value": ("ssm.Parameter", {**PARAMETER, "value": ""}, "value"),
    "value too long": ("ssm.Parameter", {**PARAMETER, "value": "x" * 4097}, "value"),
    "nested parameter": ("ssm.Parameter", {**PARAMETER, "value": "{{ssm:other}}"}, "value"),
    "value beside the pattern": ("ssm.Parameter", {**PARAMETER, "allowedPattern": "[0-9]+"}, "value"),
    "two values": ("ssm.Parameter", {**PARAMETER, "insecureValue": "debug"}, "value"),
    "insecure SecureString": (
        "ssm.Parameter",
        {"name": "/switchyard/x", "type": "SecureString", "insecureValue": "info"},
        "insecureValue",
    ),
    "window of 5 days": ("secretsmanager.Secret", {"recoveryWindowInDays": 5}, "recoveryWindowInDays"),
}


@pytest.mark.parametrize(("kind", "inputs", "where"), REFUSED.values(), ids=REFUSED)
def test_what_aws_refuses_is_refused_at_the_check(kind: str, inputs: dict[str, Any], where: str, world: World) -> None:
    """The failure names the property."""
    assert list(world.driver("aws").check(f"aws.{kind}", "x", inputs)[1]) == [where]


def test_a_refused_value_is_not_shown(world: World) -> None:
    """A parameter's value may be a secret."""
    _, failures = world.driver("aws").check("aws.ssm.Parameter", "x", {**PARAMETER, "value": "hunter2", "allowedPattern": "[0-9]+"})
    assert failures == {"value": "it does not match allowedPattern, [0-9]+"}


def drift(world: World, made: Made) -> set[str]:
    """Return the inputs that a refresh finds changed."""
    _, outputs, inputs = world.driver(made.type).read(made)
    return set(world.driver(made.type).diff(Made(made.type, made.name, made.id, inputs, outputs), made.inputs).diffs)


def test_a_log_group_is_found_by_its_whole_name(world: World) -> None:
    """AWS lists all whose names begin so."""
    name = f"/switchyard/{world.name()}"
    short = world.make("aws.cloudwatch.LogGroup", name=name, retentionInDays=30)
    world.make("aws.cloudwatch.LogGroup", name=f"{name}/api", retentionInDays=7)
    assert drift(world, short) == set()
    world.client("logs").delete_log_group(logGroupName=name)
    assert world.driver(short.type).read(short)[0] == ""


def test_a_log_group_that_is_to_be_kept_survives(world: World) -> None:
    """`skipDestroy` leaves it to whoever reads it."""
    made = world.make("aws.cloudwatch.LogGroup", skipDestroy=True)
    world.driver(made.type).delete(made)
    assert world.driver(made.type).read(made)[0] == made.id


def test_changes_beside_the_program_show_up(world: World) -> None:
    """Retention, thresholds, keys of topics, values and policies are read back."""
    group = world.make("aws.cloudwatch.LogGroup", retentionInDays=30)
    world.client("logs").delete_retention_policy(logGroupName=group.id)
    alarm = world.make("aws.cloudwatch.MetricAlarm", **ALARM)
    told = {f"{name[0].upper()}{name[1:]}": value for name, value in ALARM.items()}
    world.client("cloudwatch").put_metric_alarm(**told | {"AlarmName": alarm.id, "TreatMissingData": "missing", "Threshold": 2})
    topic = world.make("aws.sns.Topic", kmsMasterKeyId="alias/x")
    world.client("sns").set_topic_attributes(TopicArn=topic.id, AttributeName="KmsMasterKeyId", AttributeValue="")
    parameter = world.make("aws.ssm.Parameter", **{**PARAMETER, "name": f"/switchyard/{world.name()}"})
    world.client("ssm").put_parameter(Name=parameter.id, Value="debug", Overwrite=True)
    secret = world.make("aws.secretsmanager.Secret", description="set outside")
    world.client("secretsmanager").update_secret(SecretId=secret.id, Description="lost")
    found = {made.type: drift(world, made) for made in (group, alarm, topic, parameter, secret)}
    assert found == {
        "aws.cloudwatch.LogGroup": {"retentionInDays"},
        "aws.cloudwatch.MetricAlarm": {"threshold"},
        "aws.sns.Topic": {"kmsMasterKeyId"},
        "aws.ssm.Parameter": {"value"},
        "aws.secretsmanager.Secret": {"description"},
    }


def test_an_address_must_confirm_first(world: World) -> None:
    """AWS sends a mail; a queue needs none."""
    topic = world.id("aws.sns.Topic")
    mail = world.make("aws.sns.TopicSubscription", **{**SUBSCRIPTION, "topic": topic})
    queue = world.make("aws.sns.TopicSubscription", topic=topic, protocol="sqs", endpoint="arn:aws:sqs:eu-west-1:123456789012:q")
    assert [made.outputs["pendingConfirmation"] for made in (mail, queue)] == [True, False]


def test_a_topic_without_its_policy_is_its_owners(world: World) -> None:
    """AWS has no topic without a policy."""
    topic = world.id("aws.sns.Topic")
    statement = {"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish", "Resource": topic}
    made = world.make("aws.sns.TopicPolicy", arn=topic, policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    world.driver(made.type).delete(made)
    policy = world.client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"]
    assert [statement["Condition"] for statement in json.loads(policy)["Statement"]] == [
        {"StringEquals": {"AWS:SourceOwner": "123456789012"}}
    ]


def test_a_parameters_value_is_a_secret_and_its_version_unknown_before(world: World) -> None:
    """As the official provider has them."""
    name = f"/switchyard/{world.name()}"
    made = world.make("aws.ssm.Parameter", **{**PARAMETER, "name": name})
    driver = world.driver(made.type)
    checked, _ = driver.check(made.type, made.name, {**PARAMETER, "name": name, "value": "debug"}, made.inputs)
    assert made.outputs["value"] != "info"
    assert bare(made.outputs)["value"] == "info"
    assert driver.update(made, checked, preview=True).outputs["version"] != driver.update(made, checked).outputs["version"] == 2


def test_the_name_of_a_deleted_secret_is_taken_until_the_window_ends(world: World) -> None:
    """AWS keeps it, restorable; without a window it is gone at once."""
    kept, erased = (world.make("aws.secretsmanager.Secret", name=world.name(), recoveryWindowInDays=days) for days in (7, 0))
    for made in (kept, erased):
        world.driver(made.type).delete(made)
    with pytest.raises(grpc.RpcError, match="already exists"):
        world.make("aws.secretsmanager.Secret", name=kept.inputs["name"])
    assert world.make("aws.secretsmanager.Secret", name=erased.inputs["name"]).id


def test_a_secrets_value_survives_a_change_of_its_entry(world: World) -> None:
    """The value is set outside, and never passes through here."""
    made = world.make("aws.secretsmanager.Secret", description="set outside")
    client, driver = world.client("secretsmanager"), world.driver("aws")
    client.put_secret_value(SecretId=made.id, SecretString="hunter2")
    checked, _ = driver.check(made.type, made.name, {"description": "set by hand", "tags": {"service": "api"}}, made.inputs)
    assert driver.update(made, checked).outputs["description"] == "set by hand"
    assert client.get_secret_value(SecretId=made.id)["SecretString"] == "hunter2"
