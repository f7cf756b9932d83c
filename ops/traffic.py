"""What runs right now, read from AWS: the weights of a service's rule, and the health and release of each color's targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ops.deployment import Deployment
from ops.errors import BadInputError
from settings_service import Pins
from settings_types import Color

WARM = {"Warmed:Hibernated", "Warmed:Running", "Warmed:Stopped"}
"""The states of an instance that waits, ready, in a warm pool."""


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
class Fleet:
    """The instances of one color, those of its warm pool included, held against its pins."""

    done: int
    """In service or warm, and of the pinned release."""
    stale: int
    """In service or warm, and of another release."""
    coming: int
    """Neither yet."""
    missing: int
    """In service and not a healthy target of the release yet, or wanted by the group and not there."""

    @property
    def is_current(self) -> bool:
        """Whether all that the group wants is there, runs the release and is healthy."""
        return not (self.stale or self.coming or self.missing)

    def __str__(self) -> str:
        left = {"still run another": self.stale, "are coming": self.coming, "are not healthy yet": self.missing}
        return ", ".join([f"{self.done} instances run the release", *(f"{number} {what}" for what, number in left.items() if number)])


@dataclass(frozen=True)
class Wiring:
    """Where a service is in AWS, from the stack's outputs."""

    rule: str
    target_groups: Mapping[Color, str]
    groups: Mapping[Color, str]


def wiring(deployment: Deployment, service: str) -> Wiring:
    """Where the service is; BadInputError when the stack has not been brought up."""
    services, settings = deployment.outputs.get("services", {}), deployment.target.file.settings()
    found = services.get(service) or services.get(settings.resource_name(service))  # renamed, and not exported under the new name yet
    if not found:
        stack = deployment.target.name
        raise BadInputError(f"{service} is not in the stack {stack} yet.", f"Bring it up first: `switchyard up {deployment.options}`.")
    return Wiring(
        rule=found["rule"],
        target_groups={color: found["target_groups"][color] for color in Color},
        groups={color: found["groups"][color] for color in Color},
    )


def listener_of(rule: str) -> str:
    """The listener of a rule, by ARN: the rule's goes on where the listener's ends."""
    return rule.replace(":listener-rule/", ":listener/").rpartition("/")[0]


def rules_of(elbv2: Any, listener: str) -> list[Mapping[str, Any]]:
    """All rules of a listener, the default one included."""
    return [rule for page in elbv2.get_paginator("describe_rules").paginate(ListenerArn=listener) for rule in page["Rules"]]


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

    def fleet(self, service: str, color: Color) -> Fleet:
        """A color's instances, by the group's word for where each is in its life, and by its own for what it runs."""
        where, pins = wiring(self._deployment, service), self._deployment.target.file.settings().services[service].pins(color)
        group, state = self._group(where.groups[color]), self.colors(service)[color]
        warm = self._warm(where.groups[color]) if "WarmPoolConfiguration" in group else []
        lives = {member["InstanceId"]: member["LifecycleState"] for member in [*group["Instances"], *warm]}
        settled = [instance for instance, life in lives.items() if life == "InService" or life in WARM]
        done = len([instance for instance in self._instances(settled) if runs(instance, pins)])
        return Fleet(
            done=done,
            stale=len(settled) - done,
            coming=len([life for life in lives.values() if "Pending" in life]),
            missing=max(0, max(state.desired, state.in_service) - state.on_release),
        )

    def _warm(self, name: str) -> list[Mapping[str, Any]]:
        pages = self._autoscaling.get_paginator("describe_warm_pool").paginate(AutoScalingGroupName=name)
        return [instance for page in pages for instance in page["Instances"]]

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
        return [instance for instance in self._instances(ids) if instance["State"]["Name"] == "running"]

    def _instances(self, ids: Sequence[str]) -> list[Mapping[str, Any]]:
        if not ids:
            return []
        pages = self._ec2.get_paginator("describe_instances").paginate(InstanceIds=list(ids))
        return [instance for page in pages for reservation in page["Reservations"] for instance in reservation["Instances"]]


def runs(instance: Mapping[str, Any], pins: Pins) -> bool:
    """Whether an instance runs the pinned AMI and image, by its own AMI and its `release` tag."""
    tags = {tag["Key"]: tag["Value"] for tag in instance.get("Tags", [])}
    return bool(instance["ImageId"] == pins.ami and tags.get("release") == pins.image.partition("@")[2])
