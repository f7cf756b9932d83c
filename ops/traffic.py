"""What runs right now, read from AWS: the weights of a service's rule, and the health and release of each color's targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ops.deployment import Deployment
from ops.errors import BadInputError
from settings_service import Pins
from settings_types import Color


@dataclass(frozen=True)
class ColorState:
    """One color as AWS tells it."""

    weight: int
    """Percent of the service's traffic, by the load balancer's rule."""
    healthy: int
    """Targets that pass their health check."""
    on_release: int
    """Healthy targets that run the pinned AMI and image."""
    in_service: int
    """Instances that the group counts as in service."""
    desired: int
    """What the group aims at."""
    floor: int
    """The group's minimum size."""


@dataclass(frozen=True)
class Wiring:
    """Where a service is in AWS, from the stack's outputs."""

    rule: str
    target_groups: Mapping[Color, str]
    groups: Mapping[Color, str]


def wiring(deployment: Deployment, service: str) -> Wiring:
    """Where the service is; BadInputError when the stack has not been brought up."""
    found = deployment.outputs.get("services", {}).get(service)
    if not found:
        stack = deployment.target.name
        raise BadInputError(f"{service} is not in the stack {stack} yet.", f"Bring it up first: `switchyard up {deployment.options}`.")
    return Wiring(
        rule=found["rule"],
        target_groups={color: found["target_groups"][color] for color in Color},
        groups={color: found["groups"][color] for color in Color},
    )


class Traffic:
    """Looks at one stack's services."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._elbv2 = deployment.target.client("elbv2")
        self._autoscaling = deployment.target.client("autoscaling")
        self._ec2 = deployment.target.client("ec2")

    def weights(self, service: str) -> dict[Color, int]:
        """The shares by the load balancer's rule; a target group that the rule does not name, or does not forward to, has 0."""
        where = wiring(self._deployment, service)
        actions = self._elbv2.describe_rules(RuleArns=[where.rule])["Rules"][0]["Actions"]
        groups = [group for action in actions for group in action.get("ForwardConfig", {}).get("TargetGroups", [])]
        told = {group["TargetGroupArn"]: group.get("Weight", 0) for group in groups}
        return {color: told.get(arn, 0) for color, arn in where.target_groups.items()}

    def colors(self, service: str) -> dict[Color, ColorState]:
        """Both colors of a service."""
        where = wiring(self._deployment, service)
        shares = self.weights(service)
        config = self._deployment.target.file.settings().services[service]
        return {color: self._color(where, color, shares[color], config.pins(color)) for color in Color}

    def _color(self, where: Wiring, color: Color, weight: int, pins: Pins) -> ColorState:
        answer = self._elbv2.describe_target_health(TargetGroupArn=where.target_groups[color])
        targets = answer["TargetHealthDescriptions"]
        healthy = self._running([target["Target"]["Id"] for target in targets if target["TargetHealth"]["State"] == "healthy"])
        group = self._group(where.groups[color])
        in_service = [instance for instance in group["Instances"] if instance["LifecycleState"] == "InService"]
        return ColorState(
            weight=weight,
            healthy=len(healthy),
            on_release=len([instance for instance in healthy if runs(instance, pins)]),
            in_service=len(in_service),
            desired=group["DesiredCapacity"],
            floor=group["MinSize"],
        )

    def _group(self, name: str) -> Mapping[str, Any]:
        groups = self._autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
        return groups[0] if groups else {"Instances": [], "DesiredCapacity": 0, "MinSize": 0}

    def _running(self, ids: Sequence[str]) -> list[Mapping[str, Any]]:
        """The instances behind healthy targets; one on its way out is no capacity, though the balancer has not noticed yet."""
        if not ids:
            return []
        pages = self._ec2.get_paginator("describe_instances").paginate(InstanceIds=list(ids))
        instances = [instance for page in pages for reservation in page["Reservations"] for instance in reservation["Instances"]]
        return [instance for instance in instances if instance["State"]["Name"] == "running"]


def runs(instance: Mapping[str, Any], pins: Pins) -> bool:
    """Whether an instance runs the pinned AMI and image, by its own AMI and its `release` tag."""
    tags = {tag["Key"]: tag["Value"] for tag in instance.get("Tags", [])}
    return bool(instance["ImageId"] == pins.ami and tags.get("release") == pins.image.partition("@")[2])
