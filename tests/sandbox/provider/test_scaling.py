"""What AWS refuses of Auto Scaling and the emulator lets pass: at the check, and for the state of other resources."""

from typing import Any

import grpc
import pytest

from tests.sandbox.provider.specs.autoscaling import group
from tests.sandbox.provider.specs.scaling import tracked, tracking
from tests.sandbox.provider.world import World

LABEL = "app/main/0123456789abcdef/targetgroup/blue/0123456789abcdef"

POLICY = {
    "autoscalingGroupName": "blue",
    "policyType": "TargetTrackingScaling",
    "targetTrackingConfiguration": tracking(LABEL, 1000),
}

ACTION = {"autoscalingGroupName": "blue", "scheduledActionName": "morning", "recurrence": "0 7 * * *", "desiredCapacity": 3}

MAINTENANCE = {"minHealthyPercentage": 90, "maxHealthyPercentage": 200}

PINNED = {"launchTemplateSpecification": {"launchTemplateId": "lt-0", "version": "1"}}

REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "min above max": ("Group", {"minSize": 3, "maxSize": 2}, "minSize"),
    "desired above max": ("Group", {"minSize": 1, "maxSize": 2, "desiredCapacity": 3}, "desiredCapacity"),
    "desired below min": ("Group", {"minSize": 2, "maxSize": 4, "desiredCapacity": 1}, "desiredCapacity"),
    "negative size": ("Group", {"minSize": -1, "maxSize": 2}, "minSize"),
    "unknown metric": ("Group", {"minSize": 1, "maxSize": 2, "enabledMetrics": ["GroupSize"]}, "enabledMetrics"),
    "unknown health check": ("Group", {"minSize": 1, "maxSize": 2, "healthCheckType": "HTTP"}, "healthCheckType"),
    "percentages too far apart": (
        "Group",
        {"minSize": 1, "maxSize": 2, "instanceMaintenancePolicy": MAINTENANCE},
        "instanceMaintenancePolicy.maxHealthyPercentage",
    ),
    "no least percentage": (
        "Group",
        {"minSize": 1, "maxSize": 2, "instanceMaintenancePolicy": {"minHealthyPercentage": -1, "maxHealthyPercentage": 150}},
        "instanceMaintenancePolicy.maxHealthyPercentage",
    ),
    "tag of AWS": (
        "Group",
        {"minSize": 1, "maxSize": 2, "tags": [{"key": "aws:x", "value": "1", "propagateAtLaunch": True}]},
        'tags["aws:x"]',
    ),
    "zones without subnets": ("Group", {"minSize": 1, "maxSize": 2, "availabilityZones": ["eu-west-1a"]}, "availabilityZones"),
    "triggers": (
        "Group",
        {"minSize": 1, "maxSize": 2, "instanceRefresh": {"strategy": "Rolling", "triggers": ["tag"]}},
        "instanceRefresh.triggers",
    ),
    "weights": (
        "Group",
        {"minSize": 1, "maxSize": 2, "mixedInstancesPolicy": {"launchTemplate": {**PINNED, "overrides": [{"weightedCapacity": "2"}]}}},
        "mixedInstancesPolicy.launchTemplate.overrides[0].weightedCapacity",
    ),
    "malformed label": (
        "Policy",
        {**POLICY, "targetTrackingConfiguration": tracking("app/main/targetgroup/blue", 1000)},
        "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel",
    ),
    "label of another metric": (
        "Policy",
        {
            **POLICY,
            "targetTrackingConfiguration": {
                "predefinedMetricSpecification": {"predefinedMetricType": "ASGAverageCPUUtilization", "resourceLabel": LABEL},
                "targetValue": 50,
            },
        },
        "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel",
    ),
    "two metrics": (
        "Policy",
        {
            **POLICY,
            "targetTrackingConfiguration": {
                **tracking(LABEL, 1000),
                "customizedMetricSpecification": {"metricName": "Requests", "namespace": "Api", "statistic": "Sum"},
            },
        },
        "targetTrackingConfiguration.predefinedMetricSpecification",
    ),
    "schedule with min above max": ("Schedule", {**ACTION, "minSize": 3, "maxSize": 2}, "minSize"),
    "tracking in a simple policy": ("Policy", {**POLICY, "policyType": "SimpleScaling"}, "policyType"),
    "four cron fields": ("Schedule", {**ACTION, "recurrence": "0 7 * *"}, "recurrence"),
    "unknown time zone": ("Schedule", {**ACTION, "timeZone": "Europe/Atlantis"}, "timeZone"),
    "schedule without a size": ("Schedule", {**ACTION, "minSize": -1, "maxSize": -1, "desiredCapacity": -1}, "desiredCapacity"),
    "unknown event": (
        "Notification",
        {"groupNames": ["blue"], "notifications": ["autoscaling:LAUNCH"], "topicArn": "arn:aws:sns:eu-west-1:123456789012:t"},
        "notifications",
    ),
}


@pytest.mark.parametrize(("kind", "inputs", "where"), REFUSED.values(), ids=REFUSED)
def test_what_aws_refuses_is_refused_at_the_check(kind: str, inputs: dict[str, Any], where: str, world: World) -> None:
    """The failure names the property."""
    type_ = f"aws.autoscaling.{kind}"
    assert list(world.driver(type_).check(type_, "x", inputs)[1]) == [where]


def test_requests_of_a_target_group_that_no_rule_names_cannot_be_tracked(world: World) -> None:
    """AWS refuses it, so the program must make the rule first; the policy does not exist then."""
    there = tracked(world)
    arn = there["label"].partition("/targetgroup/")
    idle = world.id("aws.lb.TargetGroup", port=443, protocol="HTTPS", vpcId=world.vpc())
    label = f"{arn[0]}/{idle.split(':')[5]}"
    inputs = {**POLICY, "autoscalingGroupName": there["group"], "targetTrackingConfiguration": tracking(label, 1000)}
    with pytest.raises(grpc.RpcError, match="does not route traffic to the target group"):
        world.make("aws.autoscaling.Policy", **inputs)
    assert world.client("autoscaling").describe_policies(AutoScalingGroupName=there["group"])["ScalingPolicies"] == []


def test_requests_of_another_groups_targets_cannot_be_tracked(world: World) -> None:
    """The target group must be attached to the Auto Scaling group."""
    other = world.id("aws.autoscaling.Group", **group(world))
    inputs = {**POLICY, "autoscalingGroupName": other, "targetTrackingConfiguration": tracking(tracked(world)["label"], 1000)}
    with pytest.raises(grpc.RpcError, match="is not attached to the Auto Scaling group"):
        world.make("aws.autoscaling.Policy", **inputs)


def test_requests_are_not_tracked_without_a_label(world: World) -> None:
    """AWS cannot know which target group is meant. A preview may not know the label yet, so the creation refuses."""
    metric = {"predefinedMetricType": "ALBRequestCountPerTarget"}
    with pytest.raises(grpc.RpcError, match="needs a resource label"):
        world.make("aws.autoscaling.Policy", **{**POLICY, "targetTrackingConfiguration": {"predefinedMetricSpecification": metric}})
