"""Specs of Auto Scaling: policies, scheduled actions, notifications."""

from typing import Any

from tests.sandbox.provider.specs.autoscaling import group
from tests.sandbox.provider.specs.lb import forward, load_balancer, target_groups
from tests.sandbox.provider.world import Spec, World


def suffix(arn: str) -> str:
    """Return what CloudWatch calls a load balancer or a target group."""
    return arn.split(":")[5].removeprefix("loadbalancer/")


def tracked(world: World) -> dict[str, str]:
    """Return a group whose target group gets traffic, and the label of that."""
    balancer, groups = load_balancer(world, world.vpc()), target_groups(world)
    world.id("aws.lb.Listener", loadBalancerArn=balancer, port=80, protocol="HTTP", defaultActions=[forward(groups, 100)])
    owner = world.id("aws.autoscaling.Group", **{**group(world), "targetGroupArns": [groups[0]]})
    return {"group": owner, "label": f"{suffix(balancer)}/{suffix(groups[0])}"}


def tracking(label: str, requests: int) -> dict[str, Any]:
    """Return the tracking of requests per target."""
    metric = {"predefinedMetricType": "ALBRequestCountPerTarget", "resourceLabel": label}
    return {"predefinedMetricSpecification": metric, "targetValue": requests}


def _policy(world: World) -> dict[str, Any]:
    there = tracked(world)
    return {
        "autoscalingGroupName": there["group"],
        "policyType": "TargetTrackingScaling",
        "targetTrackingConfiguration": tracking(there["label"], 1000),
    }


def _schedule(world: World) -> dict[str, Any]:
    return {
        "autoscalingGroupName": world.id("aws.autoscaling.Group", **group(world)),
        "scheduledActionName": world.name(),
        "recurrence": "0 7 * * 1-5",
        "timeZone": "Europe/Dublin",
        "minSize": -1,
        "maxSize": -1,
        "desiredCapacity": 3,
    }


def _notification(world: World) -> dict[str, Any]:
    return {
        "groupNames": ["api-blue"],
        "notifications": ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR"],
        "topicArn": world.id("aws.sns.Topic"),
    }


SPECS = (
    Spec(
        type="aws.autoscaling.Policy",
        inputs=_policy,
        change={
            "targetTrackingConfiguration": {
                "predefinedMetricSpecification": {"predefinedMetricType": "ASGAverageCPUUtilization"},
                "targetValue": 50,
            }
        },
        replace={"autoscalingGroupName": "another"},
    ),
    Spec(
        type="aws.autoscaling.Schedule",
        inputs=_schedule,
        change={"recurrence": "0 6 * * *", "desiredCapacity": 0, "maxSize": 9},
        replace={"scheduledActionName": "another"},
    ),
    Spec(
        type="aws.autoscaling.Notification",
        inputs=_notification,
        change={"groupNames": ["api-blue", "api-green"]},
        replace={"topicArn": "arn:aws:sns:eu-west-1:123456789012:another"},
    ),
)
